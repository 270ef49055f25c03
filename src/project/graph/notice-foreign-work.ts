import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { Fenced } from '../fenced.ts';
import type { Cursor } from './cursor.ts';

export const findForeignWorkStatement = statement('cypher/project/find-foreign-work.cypher', {
  params: z.object({ stream: z.string() }),
  row: z.object({ epoch: z.number(), linkSeq: z.number(), waiting: z.boolean() }),
});

type Deps = { graph: Pick<Graph, 'read'> };

/**
 * A repair or a replay of a dead letter writes to the graph beside the projector, under the same lock: it may have moved
 * the link order on, and may have left posts to link or to unlink.
 */
export async function noticeForeignWork(
  { graph }: Deps,
  cursor: Cursor,
): Promise<{ cursor: Cursor; waiting: boolean }> {
  const [found] = await graph.read(findForeignWorkStatement, { stream: cursor.stream });
  if (found === undefined || found.epoch !== cursor.epoch) throw new Fenced('the graph projector was taken over');
  return { cursor: { ...cursor, linkSeq: Math.max(cursor.linkSeq, found.linkSeq) }, waiting: found.waiting };
}
