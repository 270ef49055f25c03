import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import { QueryTooLarge } from '../query/query-too-large.ts';
import { statement } from '../query/statement.ts';
import { readPostStatement } from './read-post.ts';

export const findMissingParentStatement = statement('cypher/cascade/find-missing-parent.cypher', {
  params: z.object({ postId: z.string() }),
  row: z.object({ missingPostId: z.string() }),
});

/** Why a post has no place in a cascade. */
export type NoPost =
  | { kind: 'unknown' }
  | { kind: 'not_yet' }
  | { kind: 'pending'; missingParentPostId: string }
  | { kind: 'quarantined'; parentPostId: string | null };

type Deps = { graph: Pick<Graph, 'read'> };

export async function explainNoPost({ graph }: Deps, postId: string): Promise<NoPost> {
  const [post] = await graph.read(readPostStatement, { postId });
  if (post === undefined) return { kind: 'unknown' };
  if (post.state === 'quarantined') return { kind: 'quarantined', parentPostId: post.parentId };
  const [top] = await graph.read(findMissingParentStatement, { postId });
  if (top === undefined) throw new QueryTooLarge(`"${postId}" waits below more posts than a walk takes.`);
  return { kind: 'pending', missingParentPostId: top.missingPostId };
}
