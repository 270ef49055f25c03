import { canonicalEvent } from '../../event/canonical-event.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import type { Claim } from '../claim.ts';
import { type DeadLetter, shortReason, unreadableCode, unreadableReason } from '../dead-letters/dead-letter.ts';
import { writeLetters } from '../dead-letters/write-letters.ts';
import { type AcceptedItem, readAccepted } from '../read-accepted.ts';
import { toFactRow } from './fact-row.ts';
import { findLateRepeats, type LateStatus } from './find-late-repeats.ts';
import { type FactRow, insertRows, type RefusalLimits } from './insert-rows.ts';
import { mendRange } from './mend-range.ts';
import {
  type Bounds,
  keepDecision,
  newDecision,
  type RangeDecision,
  type RefusedRow,
  readDecision,
} from './range-decision.ts';
import { lateOutcomes, writeOutcomes } from './write-outcomes.ts';

type Deps = { facts: Facts; now: () => number };

export type ProjectedFacts = { rows: number; late: number; dead: number };

/**
 * Writes one range of the log into the facts, exactly once. The range and what was decided about it are kept first;
 * whoever finds them repeats the same inserts under the same tokens, and an insert that was done already adds nothing.
 * A row that the store refuses goes to the dead letters, alone.
 */
export async function projectFactsRange(
  { facts, now }: Deps,
  claim: Claim,
  entries: readonly LogEntry[],
  limits: RefusalLimits,
): Promise<ProjectedFacts> {
  const bounds = boundsOf(entries);
  if (bounds === null) return { rows: 0, late: 0, dead: 0 };
  const items = entries.flatMap(readAccepted);
  const isRepeated = claim.prepared !== null;
  const decision = readDecision(claim) ?? newDecision(await decideLate(facts, items));
  if (!isRepeated) await keepDecision(claim, bounds, decision);
  const { rows, unreadable } = toRows(items, decision.late, now);
  const token = `facts:${bounds.first}..${bounds.last}`;
  const keep = () => keepDecision(claim, bounds, decision);
  const refused = await insertRows({ facts, rows, token, decision, keep, limits, now });
  await buryRefused(decision, [...unreadable, ...refused], keep);
  if (isRepeated)
    await mendRange(
      { facts },
      rows.filter(({ seq }) => !decision.refused.has(seq)),
    );
  await writeLetters({ facts }, token, toLetters(items, decision));
  await writeOutcomes({ facts }, token, lateOutcomes(items, decision.late));
  await claim.commit(bounds.last);
  const dead = decision.refused.size;
  return { rows: rows.length + unreadable.length - dead, late: decision.late.size, dead };
}

function boundsOf(entries: readonly LogEntry[]): Bounds | null {
  const first = entries[0];
  const last = entries.at(-1);
  return first === undefined || last === undefined ? null : { first: first.id, last: last.id };
}

async function decideLate(facts: Facts, items: readonly AcceptedItem[]): Promise<ReadonlyMap<number, LateStatus>> {
  if (!items.some(({ item }) => item.mayBeLate)) return new Map();
  const stretch = items.flatMap(({ raw, item: { seq, digest, mayBeLate } }) =>
    raw === null ? [] : [{ seq, eventId: raw.eventId, digest, mayBeLate }],
  );
  return findLateRepeats({ facts }, stretch);
}

function toRows(
  items: readonly AcceptedItem[],
  late: ReadonlyMap<number, LateStatus>,
  now: () => number,
): { rows: FactRow[]; unreadable: RefusedRow[] } {
  const rows: FactRow[] = [];
  const unreadable: RefusedRow[] = [];
  for (const accepted of items) {
    const { seq } = accepted.item;
    if (late.has(seq)) continue;
    const row = toRow(accepted);
    if (row !== null) rows.push(row);
    else unreadable.push({ seq, code: unreadableCode, reason: unreadableReason, attempts: 1, diedAtMs: now() });
  }
  return { rows, unreadable };
}

/** Null for an event that no row can be made of: another try would not read it any better. */
function toRow({ raw, item: { seq, digest, timestampMs }, acceptedAtMs }: AcceptedItem): FactRow | null {
  if (raw === null) return null;
  try {
    return { seq, acceptedAtMs, values: toFactRow(canonicalEvent(raw, timestampMs), { acceptedAtMs, seq, digest }) };
  } catch {
    return null;
  }
}

/** Which rows are dead is kept before their letters are written: they are not tried again, whatever is mended meanwhile. */
async function buryRefused(
  decision: RangeDecision,
  refused: readonly RefusedRow[],
  keep: () => Promise<void>,
): Promise<void> {
  const found = refused.filter(({ seq }) => !decision.refused.has(seq));
  if (found.length === 0) return;
  for (const row of found) decision.refused.set(row.seq, { ...row, reason: shortReason(row.reason) });
  await keep();
}

function toLetters(items: readonly AcceptedItem[], { refused }: RangeDecision): DeadLetter[] {
  return items.flatMap(({ raw, acceptedAtMs, item: { seq, timestampMs, digest, bytes } }) => {
    const row = refused.get(seq);
    if (row === undefined) return [];
    const { code, reason, attempts, diedAtMs } = row;
    const eventId = raw?.eventId ?? '';
    const received = {
      stage: 'facts',
      seq,
      acceptedAtMs,
      eventId,
      timestampMs,
      digest,
      raw: bytes.toString(),
    } as const;
    return [{ ...received, code, reason, attempts, state: 'waiting', diedAtMs, changedAtMs: diedAtMs }];
  });
}
