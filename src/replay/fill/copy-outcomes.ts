import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const readOutcomesStatement = statement('clickhouse/replay/read-outcomes.sql', {
  params: z.object({ fromSeq: z.number(), toSeq: z.number() }),
  row: z.object({
    seq: z.number(),
    eventId: z.string(),
    status: z.string(),
    code: z.string(),
    acceptedAtMs: z.number(),
    digest: z.number(),
  }),
});

export const fillExpiredIdsStatement = statement('clickhouse/replay/fill-expired-ids.sql', {
  params: z.object({ upToSeq: z.number() }),
  row: z.object({}),
});

type Deps = { live: Pick<Facts, 'select'>; fresh: Pick<Facts, 'insert' | 'run'> };

const columns = ['accept_seq', 'event_id', 'status', 'code', 'accepted_at', 'digest'];

/**
 * What was decided about late repeats, and what has expired, is as raw as the facts: where the log no longer has the events
 * it is taken over, and with what has expired its ids.
 */
export async function copyOutcomes({ live, fresh }: Deps, upToSeq: number, windowItems: number): Promise<void> {
  for (let fromSeq = 1; fromSeq <= upToSeq; fromSeq += windowItems) {
    const toSeq = Math.min(fromSeq + windowItems - 1, upToSeq);
    const outcomes = await live.select(readOutcomesStatement, { fromSeq, toSeq });
    const rows = outcomes.map(({ seq, eventId, status, code, acceptedAtMs, digest }) => [
      seq,
      eventId,
      status,
      code,
      acceptedAtMs,
      digest,
    ]);
    await fresh.insert({ table: 'outcomes', columns, token: `replay-outcomes:${fromSeq}..${toSeq}` }, rows);
  }
  await fresh.run(fillExpiredIdsStatement, { upToSeq });
}
