import { z } from 'zod';
import type { Graph, GraphTransaction } from '../../../graph/graph.ts';
import { statement } from '../../../query/statement.ts';

/** An item that the graph cannot take, and why. Its entry is kept, because its bytes have to be found again. */
export type DeadItem = {
  acceptSeq: number;
  eventId: string;
  postId: string;
  code: string;
  reason: string;
  entryId: string;
  diedAt: number;
};

const deadRow = z.object({
  acceptSeq: z.number(),
  eventId: z.string(),
  postId: z.string(),
  code: z.string(),
  reason: z.string(),
  entryId: z.string(),
  diedAt: z.number(),
});

export const writeDeadRefusalsStatement = statement('cypher/project/dead/write-dead-refusals.cypher', {
  params: z.object({ refusals: z.array(deadRow) }),
  row: z.object({}),
});
export const findUntoldStatement = statement('cypher/project/dead/find-untold.cypher', {
  params: z.object({}),
  row: deadRow,
});
export const markToldStatement = statement('cypher/project/dead/mark-told.cypher', {
  params: z.object({ acceptSeqs: z.array(z.number()) }),
  row: z.object({}),
});
export const findOldestUntoldStatement = statement('cypher/project/dead/find-oldest-untold.cypher', {
  params: z.object({}),
  row: z.object({ entryId: z.string() }),
});

export async function writeDeadRefusals(transaction: GraphTransaction, refusals: readonly DeadItem[]): Promise<void> {
  if (refusals.length > 0) await transaction.run(writeDeadRefusalsStatement, { refusals: [...refusals] });
}

/** The entry of the log that is still needed for a letter, if any: it must not be trimmed before that is written. */
export async function findOldestUntold(graph: Pick<Graph, 'read'>): Promise<string | null> {
  const [oldest] = await graph.read(findOldestUntoldStatement, {});
  return oldest?.entryId ?? null;
}
