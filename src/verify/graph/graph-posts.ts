import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { VerifyDeps } from '../verify-deps.ts';

const graphPostRow = z.object({
  id: z.string(),
  state: z.string().nullable(),
  rootId: z.string().nullable(),
  depth: z.number().nullable(),
  authorId: z.string().nullable(),
  createdAt: z.number().nullable(),
  acceptSeq: z.number().nullable(),
  linkSeq: z.number().nullable(),
  eventId: z.string().nullable(),
  h1: z.number().nullable(),
  h2: z.number().nullable(),
  waitsFor: z.string().nullable(),
  removedAt: z.number().nullable(),
  claimedParentId: z.string().nullable(),
  assumed: z.boolean(),
  authors: z.array(z.string()),
  edges: z.array(
    z.object({
      parentId: z.string(),
      parentH2: z.number().nullable(),
      at: z.number().nullable(),
      method: z.string().nullable(),
      confidence: z.number().nullable(),
      rootHint: z.string().nullable(),
    }),
  ),
});

export const pagePostsStatement = statement('cypher/verify/page-posts.cypher', {
  params: z.object({ after: z.string(), limit: z.number() }),
  row: graphPostRow,
});
export const pageRootPostsStatement = statement('cypher/verify/page-root-posts.cypher', {
  params: z.object({ rootId: z.string(), after: z.string(), limit: z.number() }),
  row: graphPostRow,
});
export const findVerifyPostsStatement = statement('cypher/verify/find-posts.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: graphPostRow,
});

/** A post with everything that the graph keeps of it. */
export type GraphPost = z.output<typeof graphPostRow>;

type Deps = Pick<VerifyDeps, 'graph' | 'limits'>;

/** All posts, or those of one cascade, page after page. */
export async function* pageGraphPosts({ graph, limits }: Deps, rootId: string | null): AsyncGenerator<GraphPost[]> {
  const limit = limits.graphPostsAtOnce;
  for (let after = ''; ; ) {
    const page =
      rootId === null
        ? await graph.read(pagePostsStatement, { after, limit })
        : await graph.read(pageRootPostsStatement, { rootId, after, limit });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.id;
  }
}

export async function* findGraphPosts({ graph, limits }: Deps, ids: readonly string[]): AsyncGenerator<GraphPost[]> {
  for (let from = 0; from < ids.length; from += limits.graphPostsAtOnce) {
    yield await graph.read(findVerifyPostsStatement, { postIds: ids.slice(from, from + limits.graphPostsAtOnce) });
  }
}
