import { z } from 'zod';
import type { Graph, GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { Fenced } from '../fenced.ts';

/** How far the graph has followed a stream: the log position, the last accept and link numbers, and who may go on. */
export type Cursor = { stream: string; epoch: number; position: string; seq: number; linkSeq: number };

export const ownCursorStatement = statement('cypher/project/own-cursor.cypher', {
  params: z.object({ stream: z.string() }),
  row: z.object({ epoch: z.number(), position: z.string(), seq: z.number(), linkSeq: z.number() }),
});

export const lockCursorStatement = statement('cypher/project/lock-cursor.cypher', {
  params: z.object({ stream: z.string(), epoch: z.number() }),
  row: z.object({ position: z.string(), seq: z.number(), linkSeq: z.number() }),
});

export const moveCursorStatement = statement('cypher/project/move-cursor.cypher', {
  params: z.object({
    stream: z.string(),
    position: z.string(),
    seq: z.number(),
    linkSeq: z.number(),
    acceptedAt: z.number(),
  }),
  row: z.object({}),
});

export const readCursorStatement = statement('cypher/project/read-cursor.cypher', {
  params: z.object({ stream: z.string() }),
  row: z.object({ epoch: z.number(), position: z.string(), seq: z.number(), linkSeq: z.number() }),
});

export async function readCursor(graph: Pick<Graph, 'read'>, stream: string): Promise<Cursor | null> {
  const [row] = await graph.read(readCursorStatement, { stream });
  return row === undefined ? null : { stream, ...row };
}

export async function ownCursor(graph: Graph, stream: string): Promise<Cursor> {
  const [row] = await graph.write(ownCursorStatement, { stream });
  if (row === undefined) throw new Error(`the cursor of stream ${stream} could not be made`);
  return { stream, ...row };
}

/** Locks the cursor for this transaction and reads it again, because the driver may run a transaction twice. */
export async function lockCursor(transaction: GraphTransaction, cursor: Cursor): Promise<Cursor> {
  const [row] = await transaction.run(lockCursorStatement, { stream: cursor.stream, epoch: cursor.epoch });
  if (row === undefined) throw new Fenced(`epoch ${cursor.epoch} of the graph projector has ended`);
  return { ...cursor, ...row };
}
