import { z } from 'zod';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { knownPostRow } from '../graph/known-post-row.ts';

export const storedRow = knownPostRow.omit({ parentId: true }).extend({
  waitsFor: z.string().nullable(),
  h1: z.number().nullable(),
  h2: z.number().nullable(),
  edges: z.array(
    z.object({
      parentId: z.string(),
      at: z.number().nullable(),
      method: z.string().nullable(),
      confidence: z.number().nullable(),
      rootHint: z.string().nullable(),
    }),
  ),
  authors: z.array(z.string()),
  children: z.number(),
  parent: z
    .object({
      state: z.string(),
      rootId: z.string().nullable(),
      depth: z.number().nullable(),
      linkSeq: z.number().nullable(),
    })
    .nullable(),
  isMoving: z.boolean(),
});

export const findStoredPostsStatement = statement('cypher/project/reproject/find-stored-posts.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: storedRow,
});

/** A post exactly as the graph has it, damaged or not. */
export type StoredPost = z.output<typeof storedRow>;

type Runner = Pick<GraphTransaction, 'run'>;

export async function findStoredPosts(runner: Runner, postIds: readonly string[]): Promise<Map<string, StoredPost>> {
  const rows = await runner.run(findStoredPostsStatement, { postIds: [...postIds] });
  return new Map(rows.map((row) => [row.id, row]));
}
