import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';

const range = z.object({ firstSeq: z.number(), lastSeq: z.number() });

export const findAcceptedPostsStatement = statement('cypher/project/find-accepted-posts.cypher', {
  params: range,
  row: z.object({
    acceptSeq: z.number(),
    postId: z.string(),
    eventId: z.string(),
    state: z.enum(['linked', 'pending', 'quarantined', 'stub']),
    linkSeq: z.number().nullable(),
    rootId: z.string().nullable(),
    depth: z.number().nullable(),
    rootHint: z.string().nullable(),
    parentAuthorId: z.string().nullable(),
  }),
});

export const findRefusalsStatement = statement('cypher/project/find-refusals.cypher', {
  params: range,
  row: z.object({
    acceptSeq: z.number(),
    eventId: z.string(),
    code: z.string(),
    status: z.enum(['lateConflict', 'deadLettered']),
  }),
});

type PostRow = z.output<typeof findAcceptedPostsStatement.row>;

export type GraphOutcomes = {
  posts: Array<Omit<PostRow, 'acceptSeq' | 'state'> & { seq: number; state: Exclude<PostRow['state'], 'stub'> }>;
  refusals: Array<{ seq: number; eventId: string; code: string; status: 'lateConflict' | 'deadLettered' }>;
};

type Deps = { graph: Pick<Graph, 'read'> };

/** What became of one request's items in the graph. */
export async function findGraphOutcomes(
  { graph }: Deps,
  { firstSeq, count }: { firstSeq: number; count: number },
): Promise<GraphOutcomes> {
  const params = { firstSeq, lastSeq: firstSeq + count - 1 };
  const [posts, refusals] = await Promise.all([
    graph.read(findAcceptedPostsStatement, params),
    graph.read(findRefusalsStatement, params),
  ]);
  return {
    posts: posts.flatMap(({ acceptSeq, state, ...post }) =>
      state === 'stub' ? [] : [{ seq: acceptSeq, state, ...post }],
    ),
    refusals: refusals.map(({ acceptSeq, ...refusal }) => ({ seq: acceptSeq, ...refusal })),
  };
}
