import { timeOf, timeOrNull } from '../../query/times.ts';
import type { SubtreeItem } from '../answers.ts';
import type { NoPost } from '../explain-no-post.ts';
import type { LinkedPost } from '../find-linked-post.ts';
import type { RootDeps } from '../find-root.ts';
import type { PickedPost, RankPosition } from '../pick/pick-posts.ts';
import type { PostMeasure } from '../rank/post-measures.ts';
import { type Ranked, shownAt } from '../rank/rank-posts.ts';
import { rankBelowPost } from './rank-below-post.ts';

export type SubtreeSearch = { maxDepth: number; atMs: number | null; limit: number; after: RankPosition | null };

export type SubtreePage =
  | { kind: 'found'; items: SubtreeItem[]; total: number; next: RankPosition | null; asOf: string }
  | NoPost;

/**
 * A post and the largest subtrees below it. A post has more below it than any post below it has, so whatever is shown
 * stands below what is shown before it, and what is folded can be counted from the page alone.
 */
export async function listSubtree(deps: RootDeps, postId: string, search: SubtreeSearch): Promise<SubtreePage> {
  const { maxDepth, ...cut } = search;
  const choiceOf = (seq: number) => ({ kind: 'subtreeOf' as const, seq, maxDepth });
  const below = await rankBelowPost(deps, { postId, choiceOf, by: 'descendants', ...cut });
  if (below.kind !== 'found') return below;
  const { ranked, picked, next, linked } = below;
  const items = ranked === null ? [alone(postId, linked)] : describe(ranked, picked);
  return { kind: 'found', items, total: ranked?.total ?? 1, next, asOf: timeOf(linked.cascade.asOfMs) };
}

/** What each post still folds up: its shares, and everything below it, without what stands on the page. */
function describe(ranked: Ranked<PostMeasure>, picked: readonly PickedPost[]): SubtreeItem[] {
  const items = picked.map(({ post, row }) => {
    const direct = shownAt(ranked, 'direct', row);
    const descendants = shownAt(ranked, 'descendants', row);
    return {
      postId: post.postId,
      parentPostId: post.parentPostId,
      depth: post.depth,
      authorId: post.accountId,
      createdAt: timeOrNull(post.createdAtMs),
      direct,
      descendants,
      collapsed: { shares: direct, posts: descendants },
    };
  });
  const byId = new Map(items.map((item) => [item.postId, item]));
  for (const { parentPostId, descendants } of items) {
    const parent = parentPostId === null ? undefined : byId.get(parentPostId);
    if (parent === undefined) continue;
    parent.collapsed.shares -= 1;
    parent.collapsed.posts -= descendants + 1;
  }
  return items;
}

/** A post that lineage has not reached yet: nothing below it is known. */
function alone(postId: string, { post }: LinkedPost): SubtreeItem {
  return {
    postId,
    parentPostId: post.parentId,
    depth: post.depth ?? 0,
    authorId: post.authorId,
    createdAt: timeOrNull(post.createdAt),
    direct: 0,
    descendants: 0,
    collapsed: { shares: 0, posts: 0 },
  };
}
