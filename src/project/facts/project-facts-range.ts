import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import type { RawEvent } from '../../event/envelope.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LogEntry, LogItem } from '../../log/decode-entry.ts';
import type { Claim } from '../claim.ts';
import { parseAccepted } from '../parse-accepted.ts';
import { factColumns, toFactRow } from './fact-row.ts';
import { findLateRepeats, type LateStatus } from './find-late-repeats.ts';

type Deps = { facts: Facts };

/** What was decided about a prepared range: the repeats in it, by accept order. */
const decision = z.array(z.tuple([z.number(), z.enum(['lateDuplicate', 'lateConflict'])]));

export type ProjectedFacts = { rows: number; late: number };

/**
 * Writes one range of the log into the facts, exactly once. The range and what was decided about it are kept first;
 * whoever finds them repeats the same insert under the same token, and an insert that was done already adds nothing.
 */
export async function projectFactsRange(
  { facts }: Deps,
  claim: Claim,
  entries: readonly LogEntry[],
): Promise<ProjectedFacts> {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return { rows: 0, late: 0 };
  const items = entries.flatMap(readItems);
  const late = await decide(facts, claim, items);
  if (claim.prepared === null) await claim.prepare({ first: first.id, last: last.id, extra: [...late] });
  const { rows, outcomes } = toRows(items, late);
  const token = `facts:${first.id}..${last.id}`;
  await facts.insert({ table: 'events', columns: factColumns, token }, rows);
  await facts.insert({ table: 'outcomes', columns: outcomeColumns, token }, outcomes);
  await claim.commit(last.id);
  return { rows: rows.length, late: outcomes.length };
}

/** An accepted event with what the log says of it. */
type AcceptedItem = { raw: RawEvent; item: LogItem; acceptedAtMs: number };

function readItems(entry: LogEntry): AcceptedItem[] {
  const { acceptedAtMs, items } = entry;
  return parseAccepted(entry).map((raw, place) => {
    const item = items[place];
    if (item === undefined) throw new Error(`entry ${entry.id} holds more events than it says`);
    return { raw, item, acceptedAtMs };
  });
}

/** A decision that was kept stands: looked at again, the rows of a first try would seem to be repeats of themselves. */
async function decide(
  facts: Facts,
  claim: Claim,
  items: readonly AcceptedItem[],
): Promise<ReadonlyMap<number, LateStatus>> {
  if (claim.prepared !== null) return new Map(decision.parse(claim.prepared.extra ?? []));
  const suspects = items.flatMap(({ raw, item: { seq, digest, mayBeLate } }) =>
    mayBeLate ? [{ seq, eventId: raw.eventId, digest }] : [],
  );
  return findLateRepeats({ facts }, suspects);
}

const outcomeColumns = ['accept_seq', 'event_id', 'status', 'code', 'accepted_at'];
const outcomeCodes: Record<LateStatus, string> = { lateDuplicate: 'duplicate', lateConflict: 'event_id_conflict' };

type Rows = { rows: unknown[][]; outcomes: unknown[][] };

function toRows(items: readonly AcceptedItem[], late: ReadonlyMap<number, LateStatus>): Rows {
  const rows: unknown[][] = [];
  const outcomes: unknown[][] = [];
  for (const { raw, item, acceptedAtMs } of items) {
    const { seq, digest, timestampMs } = item;
    const status = late.get(seq);
    if (status === undefined) rows.push(toFactRow(canonicalEvent(raw, timestampMs), { acceptedAtMs, seq, digest }));
    else outcomes.push([seq, raw.eventId, status, outcomeCodes[status], acceptedAtMs]);
  }
  return { rows, outcomes };
}
