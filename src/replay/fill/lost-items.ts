import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { RawItem } from './build-entry.ts';

const stretch = z.object({ fromSeq: z.number(), toSeq: z.number() });

export const readWaitingLettersStatement = statement('clickhouse/replay/read-waiting-letters.sql', {
  params: stretch,
  row: z.object({
    seq: z.number(),
    acceptedAtMs: z.number(),
    timestampMs: z.number(),
    digest: z.number(),
    raw: z.string(),
  }),
});
export const readLateItemsStatement = statement('clickhouse/replay/read-late-items.sql', {
  params: stretch,
  row: z.object({
    seq: z.number(),
    acceptedAtMs: z.number(),
    eventId: z.string(),
    eventName: z.string(),
    isLate: z.coerce.boolean(),
  }),
});

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * Accepted events of which the facts hold no row, but the graph has to know: those that wait as dead letters of the facts,
 * which the graph has taken, late repeats, which it has counted, and what has expired, which was nothing to it.
 */
export async function readLostItems({ facts }: Deps, range: z.output<typeof stretch>): Promise<RawItem[]> {
  const letters = await facts.select(readWaitingLettersStatement, range);
  const late = await facts.select(readLateItemsStatement, range);
  return [...letters.map(letterItem), ...late.map(lateItem)];
}

function letterItem({ raw, ...item }: z.output<typeof readWaitingLettersStatement.row>): RawItem {
  return { ...item, bytes: Buffer.from(raw), mayBeLate: false };
}

/** Enough of the event to tell whether it concerned the graph; what was decided about it is read by whoever asks. */
function lateItem({
  seq,
  acceptedAtMs,
  eventId,
  eventName,
  isLate,
}: z.output<typeof readLateItemsStatement.row>): RawItem {
  const timestamp = new Date(acceptedAtMs).toISOString();
  const bytes = Buffer.from(JSON.stringify({ eventId, eventName, timestamp, data: {} }));
  return { seq, acceptedAtMs, timestampMs: acceptedAtMs, digest: 0, bytes, mayBeLate: isLate };
}
