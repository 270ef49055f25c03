import type { LinkedPost } from './linked-posts.ts';

/** How far one cascade is written in lineage, with the places that later posts refer to. */
export type CascadePlaces = {
  generation: number;
  posts: number;
  accounts: number;
  /** True when every place is in memory; else some have to be looked up first. */
  complete: boolean;
  seqOf: Map<string, number>;
  ordOf: Map<string, number>;
};

export function emptyPlaces(generation: number): CascadePlaces {
  return { generation, posts: 0, accounts: 0, complete: true, seqOf: new Map(), ordOf: new Map() };
}

export const lineageColumns = [
  'root_id',
  'generation',
  'seq',
  'post_id',
  'parent_id',
  'parent_seq',
  'depth',
  'account_id',
  'account_ord',
  'shared_at',
  'accept_seq',
  'link_seq',
] as const;

/**
 * Gives the post the next place of its cascade. Its parent has one already, because it was linked before. In a damaged
 * graph it may have none: then the post stands below the root until that is repaired, because one damaged cascade must
 * not keep all others waiting.
 */
export function placePost(cascade: CascadePlaces, post: LinkedPost): unknown[] {
  const parentSeq = (post.parentId === null ? undefined : cascade.seqOf.get(post.parentId)) ?? 0;
  const seq = cascade.posts;
  cascade.posts += 1;
  cascade.seqOf.set(post.postId, seq);
  const accountId = post.accountId ?? '';
  return [
    post.rootId,
    cascade.generation,
    seq,
    post.postId,
    post.parentId ?? '',
    parentSeq,
    post.depth,
    accountId,
    accountOrd(cascade, accountId),
    post.createdAt ?? 0,
    post.acceptSeq ?? 0,
    post.linkSeq,
  ];
}

function accountOrd(cascade: CascadePlaces, accountId: string): number {
  const known = cascade.ordOf.get(accountId);
  if (known !== undefined) return known;
  const ord = cascade.accounts;
  cascade.accounts += 1;
  cascade.ordOf.set(accountId, ord);
  return ord;
}

/** Cascades of which lineage has lost the place of a parent that is not among these posts. */
export function rootsWithLostParents(
  memory: ReadonlyMap<string, CascadePlaces>,
  posts: readonly LinkedPost[],
): string[] {
  const coming = new Set(posts.map((post) => post.postId));
  const lost = posts.filter(
    ({ parentId, rootId }) => parentId !== null && !coming.has(parentId) && !memory.get(rootId)?.seqOf.has(parentId),
  );
  return [...new Set(lost.map((post) => post.rootId))];
}
