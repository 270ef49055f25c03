import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';

export const readGraphWatermarkStatement = statement('cypher/reconcile/read-watermark.cypher', {
  params: z.object({}),
  row: z.object({ seq: z.number(), linkSeq: z.number(), acceptedAt: z.number() }),
});

/** What both stores have reached: the last accept number, the last place in the link order, and a time for both. */
export type Watermark = { acceptSeq: number; linkSeq: number; acceptedAtMs: number };

type Deps = { graph: Pick<Graph, 'read'>; log: Pick<Log, 'readProgress' | 'readEntryOfSeq'> };

/** Progress is told after it is committed, so it may lag behind the stores but never runs ahead of them. */
export async function findWatermark({ graph, log }: Deps): Promise<Watermark | null> {
  const progress = await log.readProgress();
  const [cursor] = await graph.read(readGraphWatermarkStatement, {});
  if (cursor === undefined) return null;
  const acceptSeq = Math.min(cursor.seq, progress.factsSeq);
  const linkSeq = Math.min(cursor.linkSeq, progress.lineageLinkSeq);
  const entry = acceptSeq === cursor.seq ? null : await log.readEntryOfSeq(acceptSeq);
  return { acceptSeq, linkSeq, acceptedAtMs: entry?.acceptedAtMs ?? cursor.acceptedAt };
}
