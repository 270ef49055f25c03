import { timeOf, timeOrNull } from '../../query/times.ts';
import type { ShareItem } from '../answers.ts';
import type { NoPost } from '../explain-no-post.ts';
import type { RootDeps } from '../find-root.ts';
import type { RankPosition } from '../pick/pick-posts.ts';
import { shownAt } from '../rank/rank-posts.ts';
import { rankBelowPost } from './rank-below-post.ts';

export type SharesSearch = {
  order: 'time' | 'subtree';
  atMs: number | null;
  limit: number;
  after: RankPosition | null;
};

export type SharesPage =
  | { kind: 'found'; items: ShareItem[]; total: number; next: RankPosition | null; asOf: string }
  | NoPost;

/** The direct shares of a post, the earliest or those with most shares below them first. */
export async function listShares(deps: RootDeps, postId: string, search: SharesSearch): Promise<SharesPage> {
  const { order, ...cut } = search;
  const by = order === 'time' ? ('earliest' as const) : ('descendants' as const);
  const below = await rankBelowPost(deps, { postId, choiceOf: (seq) => ({ kind: 'sharesOf', seq }), by, ...cut });
  if (below.kind !== 'found') return below;
  const { ranked, picked, next, linked } = below;
  const items = picked.map(({ post, row }) => ({
    postId: post.postId,
    authorId: post.accountId,
    createdAt: timeOrNull(post.createdAtMs),
    depth: post.depth,
    direct: ranked === null ? 0 : shownAt(ranked, 'direct', row),
    descendants: ranked === null ? 0 : shownAt(ranked, 'descendants', row),
  }));
  return { kind: 'found', items, total: ranked?.total ?? 0, next, asOf: timeOf(linked.cascade.asOfMs) };
}
