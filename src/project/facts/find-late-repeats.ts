import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findEventIdsStatement = statement('clickhouse/project/find-event-ids.sql', {
  params: z.object({ eventIds: z.array(z.string()) }),
  row: z.object({ eventId: z.string(), digest: z.string(), acceptSeq: z.number() }),
});

export type LateStatus = 'lateDuplicate' | 'lateConflict';

/** `mayBeLate`: a suspect, which may have been accepted before the door's memory begins. */
export type StretchItem = { seq: number; eventId: string; digest: number; mayBeLate: boolean };

type Deps = { facts: Pick<Facts, 'select'> };

// The ids of one question go into its address, which servers limit to a megabyte.
const addressBytes = 500_000;

/**
 * Which suspects of a stretch the facts already hold, so that no table and no rollup ever sees a repeat. An event and its
 * repeat in one stretch are told apart too, whether or not the first was a suspect: how the log is cut must not matter.
 */
export async function findLateRepeats(
  { facts }: Deps,
  stretch: readonly StretchItem[],
): Promise<Map<number, LateStatus>> {
  const late = new Map<number, LateStatus>();
  const known = new Map<string, string>();
  const suspected = new Set(stretch.flatMap(({ eventId, mayBeLate }) => (mayBeLate ? [eventId] : [])));
  for (const eventIds of cutIds(suspected)) {
    for (const row of await facts.select(findEventIdsStatement, { eventIds })) known.set(row.eventId, row.digest);
  }
  for (const { seq, eventId, digest, mayBeLate } of stretch) {
    if (!suspected.has(eventId)) continue;
    const before = known.get(eventId);
    if (mayBeLate && before !== undefined) late.set(seq, before === String(digest) ? 'lateDuplicate' : 'lateConflict');
    known.set(eventId, before ?? String(digest));
  }
  return late;
}

function cutIds(eventIds: ReadonlySet<string>): string[][] {
  const cuts: string[][] = [];
  let room = 0;
  for (const eventId of eventIds) {
    // At worst each byte becomes three; quotes and a comma come to nine.
    const bytes = Buffer.byteLength(eventId) * 3 + 9;
    if (room < bytes) cuts.push([]);
    room = (room < bytes ? addressBytes : room) - bytes;
    cuts.at(-1)?.push(eventId);
  }
  return cuts;
}
