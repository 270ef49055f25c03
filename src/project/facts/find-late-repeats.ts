import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findEventIdsStatement = statement('clickhouse/project/find-event-ids.sql', {
  params: z.object({ eventIds: z.array(z.string()) }),
  row: z.object({ eventId: z.string(), digest: z.string(), acceptSeq: z.number() }),
});

export type LateStatus = 'lateDuplicate' | 'lateConflict';

/** An event that may have been accepted before the door's memory begins. */
export type Suspect = { seq: number; eventId: string; digest: number };

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * Which suspects the facts already hold, so that no table and no rollup ever sees a repeat. Two suspects of one id in
 * the same stretch are told apart too: the door cannot have let both through unless it had forgotten the first.
 */
export async function findLateRepeats({ facts }: Deps, suspects: readonly Suspect[]): Promise<Map<number, LateStatus>> {
  const late = new Map<number, LateStatus>();
  if (suspects.length === 0) return late;
  const eventIds = [...new Set(suspects.map((suspect) => suspect.eventId))];
  const known = new Map<string, string>();
  for (const row of await facts.select(findEventIdsStatement, { eventIds })) known.set(row.eventId, row.digest);
  for (const { seq, eventId, digest } of suspects) {
    const before = known.get(eventId);
    if (before !== undefined) late.set(seq, before === String(digest) ? 'lateDuplicate' : 'lateConflict');
    known.set(eventId, before ?? String(digest));
  }
  return late;
}
