import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { findPostTruths } from '../reproject/post-truth.ts';
import { findStoredPosts } from '../reproject/stored-posts.ts';
import { isSuspect } from './sweep-posts.ts';

const asked = z.object({ rootId: z.string(), limit: z.number() });
const post = z.object({ postId: z.string() });

export const listCascadePostsStatement = statement('cypher/project/sweep/list-cascade-posts.cypher', {
  params: asked,
  row: post,
});
export const listLineagePostsStatement = statement('clickhouse/project/sweep/list-lineage-posts.sql', {
  params: asked,
  row: post,
});

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'select'> };

export type SuspectLimits = { postsAtOnce: number; maxPosts: number };

/** Which posts of one cascade, as graph and lineage name them, seem to differ from the raw facts. */
export async function suspectPostsOf(
  { graph, facts }: Deps,
  rootId: string,
  acceptSeq: number,
  { postsAtOnce, maxPosts }: SuspectLimits,
): Promise<string[]> {
  const inGraph = await graph.read(listCascadePostsStatement, { rootId, limit: maxPosts });
  const inLineage = await facts.select(listLineagePostsStatement, { rootId, limit: maxPosts });
  const postIds = [...new Set([rootId, ...inGraph.map((row) => row.postId), ...inLineage.map((row) => row.postId)])];
  const suspects: string[] = [];
  for (let from = 0; from < postIds.length; from += postsAtOnce) {
    const some = postIds.slice(from, from + postsAtOnce);
    const stored = await findStoredPosts({ run: graph.read }, some);
    const truths = await findPostTruths({ facts, run: graph.read }, some, acceptSeq);
    suspects.push(...some.filter((id) => isSuspect(truths.get(id), stored.get(id), acceptSeq)));
  }
  return suspects;
}
