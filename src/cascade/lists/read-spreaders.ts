import { timeOf, timeOrNull } from '../../query/times.ts';
import type { AccountSpreader, PostSpreader } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import { findRoot, type NoCascade, type RootDeps } from '../find-root.ts';
import { pickFromCascade } from '../pick/pick-from-cascade.ts';
import type { PickedPost, RankPosition } from '../pick/pick-posts.ts';
import type { PostMeasure } from '../rank/post-measures.ts';
import type { AccountMeasure, AccountRanking } from '../rank/rank-accounts.ts';
import { type Ranked, shownAt } from '../rank/rank-posts.ts';

export type SpreaderSearch<By> = { by: By; atMs: number | null; limit: number; after: RankPosition | null };

export type SpreaderPage<Item> =
  | { kind: 'found'; items: Item[]; total: number; next: RankPosition | null; asOf: string }
  | NoCascade;

const shownOfPosts: readonly PostMeasure[] = ['direct', 'descendants', 'shapley', 'firstHour', 'betweenness'];

/** The posts that carried a cascade most, by one measure; those with nothing of it are left out. */
export async function readPostSpreaders(
  deps: RootDeps,
  rootPostId: string,
  { by, atMs, limit, after }: SpreaderSearch<PostMeasure>,
): Promise<SpreaderPage<PostSpreader>> {
  const found = await findRoot(deps, rootPostId, atMs);
  if (found.kind !== 'found') return found;
  const choice = { kind: 'all' as const };
  const cut = { limit: limit + 1, after: after?.value ?? null };
  const ranking = { choice, by, show: shownOfPosts, keepsZero: false, ...cut };
  const reply = await askCascade(deps, found, 'rankPosts', { atMs, ranking });
  if (reply.answer === null) return { kind: 'not_begun', pending: found.root.pending };
  const ranked = reply.answer;
  const page = await pickFromCascade(deps, { found, of: reply }, ranked, { limit, after, by: 'postId' });
  const items = page.picked.map((picked) => postSpreader(ranked, picked));
  return { kind: 'found', items, total: ranked.total, next: page.next, asOf: timeOf(found.asOfMs) };
}

/** The accounts that carried a cascade most, all their posts together. */
export async function readAccountSpreaders(
  deps: RootDeps,
  rootPostId: string,
  { by, atMs, limit, after }: SpreaderSearch<AccountRanking['by']>,
): Promise<SpreaderPage<AccountSpreader>> {
  const found = await findRoot(deps, rootPostId, atMs);
  if (found.kind !== 'found') return found;
  const ranking = { by, limit: limit + 1, after: after?.value ?? null, withoutRoot: found.root.assumed };
  const reply = await askCascade(deps, found, 'rankAccounts', { atMs, ranking });
  if (reply.answer === null) return { kind: 'not_begun', pending: found.root.pending };
  const ranked = reply.answer;
  const page = await pickFromCascade(deps, { found, of: reply }, ranked, { limit, after, by: 'accountId' });
  const items = page.picked.map((picked) => accountSpreader(ranked, picked));
  return { kind: 'found', items, total: ranked.total, next: page.next, asOf: timeOf(found.asOfMs) };
}

function postSpreader(ranked: Ranked<PostMeasure>, { post, row }: PickedPost): PostSpreader {
  return {
    postId: post.postId,
    accountId: post.accountId,
    depth: post.depth,
    createdAt: timeOrNull(post.createdAtMs),
    ...carried(ranked, row),
    betweenness: shownAt(ranked, 'betweenness', row),
  };
}

function accountSpreader(ranked: Ranked<AccountMeasure>, { id, row }: PickedPost): AccountSpreader {
  return { accountId: id, posts: shownAt(ranked, 'posts', row), ...carried(ranked, row) };
}

function carried(ranked: Ranked<PostMeasure | AccountMeasure>, row: number) {
  const descendants = shownAt(ranked, 'descendants', row);
  return {
    direct: shownAt(ranked, 'direct', row),
    descendants,
    // A lone root has carried nothing, and there is nothing to divide by.
    fraction: descendants / Math.max(1, ranked.posts - 1),
    shapley: shownAt(ranked, 'shapley', row),
    firstHour: shownAt(ranked, 'firstHour', row),
  };
}
