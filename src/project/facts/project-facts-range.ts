import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import type { Facts } from '../../facts/facts.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import type { Claim } from '../claim.ts';
import { parseAccepted } from '../parse-accepted.ts';
import { factColumns, toFactRow } from './fact-row.ts';
import { findLateRepeats, type LateStatus, type Suspect } from './find-late-repeats.ts';

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
  const late = await decide(facts, claim, entries);
  if (claim.prepared === null) await claim.prepare({ first: first.id, last: last.id, extra: [...late] });
  const { rows, outcomes } = toRows(entries, late);
  const token = `facts:${first.id}..${last.id}`;
  await facts.insert({ table: 'events', columns: factColumns, token }, rows);
  await facts.insert({ table: 'outcomes', columns: outcomeColumns, token }, outcomes);
  await claim.commit(last.id);
  return { rows: rows.length, late: outcomes.length };
}

/** A decision that was kept stands: looked at again, the rows of a first try would seem to be repeats of themselves. */
async function decide(
  facts: Facts,
  claim: Claim,
  entries: readonly LogEntry[],
): Promise<ReadonlyMap<number, LateStatus>> {
  if (claim.prepared !== null) return new Map(decision.parse(claim.prepared.extra ?? []));
  return findLateRepeats({ facts }, entries.flatMap(suspectsOf));
}

function suspectsOf(entry: LogEntry): Suspect[] {
  if (!entry.items.some((item) => item.mayBeLate)) return [];
  const events = parseAccepted(entry);
  return entry.items.flatMap(({ seq, digest, mayBeLate }, place) => {
    const eventId = events[place]?.eventId;
    return mayBeLate && eventId !== undefined ? [{ seq, eventId, digest }] : [];
  });
}

const outcomeColumns = ['accept_seq', 'event_id', 'status', 'code', 'accepted_at'];
const outcomeCodes: Record<LateStatus, string> = { lateDuplicate: 'duplicate', lateConflict: 'event_id_conflict' };

type Rows = { rows: unknown[][]; outcomes: unknown[][] };

function toRows(entries: readonly LogEntry[], late: ReadonlyMap<number, LateStatus>): Rows {
  const rows: unknown[][] = [];
  const outcomes: unknown[][] = [];
  for (const entry of entries) {
    const { acceptedAtMs, items } = entry;
    for (const [place, raw] of parseAccepted(entry).entries()) {
      const item = items[place];
      if (item === undefined) throw new Error(`entry ${entry.id} holds more events than it says`);
      const status = late.get(item.seq);
      if (status === undefined) {
        rows.push(
          toFactRow(canonicalEvent(raw, item.timestampMs), { acceptedAtMs, seq: item.seq, digest: item.digest }),
        );
      } else {
        outcomes.push([item.seq, raw.eventId, status, outcomeCodes[status], acceptedAtMs]);
      }
    }
  }
  return { rows, outcomes };
}
