import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';

const cursorRow = z.object({
  epoch: z.number(),
  position: z.string(),
  seq: z.number(),
  linkSeq: z.number(),
  acceptedAt: z.number(),
});

export const readGraphCursorStatement = statement('cypher/replay/read-cursor.cypher', {
  params: z.object({}),
  row: cursorRow,
});
export const setCursorStatement = statement('cypher/replay/set-cursor.cypher', {
  params: z.object({ epoch: z.number(), position: z.string(), linkSeq: z.number() }),
  row: z.object({}),
});
export const countWorkStatement = statement('cypher/replay/count-work.cypher', {
  params: z.object({}),
  row: z.object({ left: z.number() }),
});

export type GraphCursor = z.output<typeof cursorRow>;

/** Null for a graph that has never followed anything. */
export async function readGraphCursor(graph: Pick<Graph, 'read'>): Promise<GraphCursor | null> {
  return (await graph.read(readGraphCursorStatement, {}))[0] ?? null;
}

export async function isLinked(graph: Pick<Graph, 'read'>): Promise<boolean> {
  return (await graph.read(countWorkStatement, {}))[0]?.left === 0;
}
