import { explainNoPost, type NoPost } from './explain-no-post.ts';
import { type FoundCascade, findRoot, type RootDeps } from './find-root.ts';
import { findPlaceStatement, type PostRow, readPostStatement } from './read-post.ts';

export type Place = { generation: number; seq: number };

/** A post with its cascade. Lineage has no place yet of a post that the graph has just linked. */
export type LinkedPost = { kind: 'found'; post: PostRow; cascade: FoundCascade; place: Place | null };

/** A post that has its place in a cascade, or why it has none. */
export async function findLinkedPost(deps: RootDeps, postId: string): Promise<LinkedPost | NoPost> {
  const [post] = await deps.graph.read(readPostStatement, { postId });
  const rootId = post?.state === 'linked' ? post.rootId : null;
  if (post === undefined || rootId === null) return explainNoPost(deps, postId);
  const [cascade, [place]] = await Promise.all([
    findRoot(deps, rootId),
    deps.facts.select(findPlaceStatement, { postId, rootId }),
  ]);
  // Its root became a share a moment ago: then the post has another root by now.
  if (cascade.kind !== 'found') return findLinkedPost(deps, postId);
  return { kind: 'found', post, cascade, place: place ?? null };
}
