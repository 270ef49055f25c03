import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import { timeOf, timeOrNull } from '../query/times.ts';
import type { PostBody } from './answers.ts';
import type { Cascades } from './open-cascades.ts';

export const postState = z.enum(['linked', 'pending', 'quarantined', 'stub']);

export const readPostStatement = statement('cypher/cascade/read-post.cypher', {
  params: z.object({ postId: z.string() }),
  row: z.object({
    state: postState,
    authorId: z.string().nullable(),
    createdAt: z.number().nullable(),
    removedAt: z.number().nullable(),
    depth: z.number().nullable(),
    assumed: z.boolean(),
    parentId: z.string().nullable(),
    direct: z.number(),
    rootId: z.string().nullable(),
    rootAuthorId: z.string().nullable(),
    rootCreatedAt: z.number().nullable(),
  }),
});

export const findPlaceStatement = statement('clickhouse/cascade/find-place.sql', {
  params: z.object({ postId: z.string(), rootId: z.string() }),
  row: z.object({ generation: z.number(), seq: z.number() }),
});

export type PostRow = z.output<typeof readPostStatement.row>;
export type PostDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  cascades: Pick<Cascades, 'ask' | 'extent' | 'watermark'>;
};

/** One post: what it is, where it stands, and how often it was shared, directly and in all. Null for an unknown id. */
export async function readPost(deps: PostDeps, postId: string): Promise<PostBody | null> {
  const asOfMs = await deps.cascades.watermark();
  const [post] = await deps.graph.read(readPostStatement, { postId });
  if (post === undefined) return null;
  return {
    postId,
    authorId: post.authorId,
    createdAt: timeOrNull(post.createdAt),
    kind: kindOf(post),
    rootPostId: post.rootId,
    parentPostId: post.parentId,
    depth: post.depth,
    state: post.state,
    root: rootOf(post),
    shares: await countShares(deps, postId, post),
    assumed: post.assumed,
    removedAt: timeOrNull(post.removedAt),
    asOf: timeOf(asOfMs),
  };
}

function kindOf(post: PostRow): PostBody['kind'] {
  if (post.state === 'stub') return null;
  return post.state === 'linked' && post.depth === 0 ? 'original' : 'share';
}

function rootOf({ rootId, rootAuthorId, rootCreatedAt }: PostRow): PostBody['root'] {
  if (rootId === null) return null;
  return { postId: rootId, authorId: rootAuthorId, createdAt: timeOrNull(rootCreatedAt) };
}

/** Only linked shares count, and what was shared from a post that is not linked waits with it. */
async function countShares(deps: PostDeps, postId: string, post: PostRow): Promise<PostBody['shares']> {
  if (post.rootId === null || post.direct === 0) return { direct: 0, total: 0 };
  const total = await countDescendants(deps, postId, post.rootId);
  // The graph is a moment ahead of lineage: there are at least as many shares in all as direct ones.
  return { direct: post.direct, total: Math.max(total, post.direct) };
}

async function countDescendants(deps: PostDeps, postId: string, rootId: string): Promise<number> {
  const isRoot = postId === rootId;
  const [extent, [place]] = await Promise.all([
    deps.cascades.extent(rootId),
    isRoot ? [] : deps.facts.select(findPlaceStatement, { postId, rootId }),
  ]);
  if (extent === null) return 0;
  if (isRoot) return extent.posts - 1;
  if (place === undefined) return 0;
  const seqs = Uint32Array.of(place.seq);
  const { generation, answer } = await deps.cascades.ask(extent, 'subtreeSizes', { seqs });
  if (generation !== place.generation) return countDescendants(deps, postId, rootId);
  return (answer[0] ?? 1) - 1;
}
