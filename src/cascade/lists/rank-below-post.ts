import { askCascade } from '../ask-cascade.ts';
import type { NoPost } from '../explain-no-post.ts';
import { findLinkedPost, type LinkedPost } from '../find-linked-post.ts';
import type { RootDeps } from '../find-root.ts';
import { type PickedPage, pickFromCascade } from '../pick/pick-from-cascade.ts';
import type { RankPosition } from '../pick/pick-posts.ts';
import type { PostChoice } from '../rank/choose-posts.ts';
import type { PostMeasure } from '../rank/post-measures.ts';
import type { Ranked } from '../rank/rank-posts.ts';

export type BelowSearch = {
  postId: string;
  choiceOf: (seq: number) => PostChoice;
  by: PostMeasure;
  atMs: number | null;
  limit: number;
  after: RankPosition | null;
};

/** `ranked` is null where lineage has not reached the post yet: then nothing below it is known. */
export type BelowPost = PickedPage & { kind: 'found'; linked: LinkedPost; ranked: Ranked<PostMeasure> | null };

/** Posts at or below one post, in an order. */
export async function rankBelowPost(deps: RootDeps, search: BelowSearch): Promise<BelowPost | NoPost> {
  const linked = await findLinkedPost(deps, search.postId);
  if (linked.kind !== 'found') return linked;
  const { cascade: found, place } = linked;
  if (place === null) return { kind: 'found', linked, ranked: null, picked: [], next: null };
  const { by, atMs, limit, after } = search;
  const cut = { limit: limit + 1, after: after?.value ?? null };
  const shown = { by, show: ['direct', 'descendants'] as const, keepsZero: true };
  const ranking = { choice: search.choiceOf(place.seq), ...shown, ...cut };
  const reply = await askCascade(deps, found, 'rankPosts', { atMs, ranking });
  // Its cascade was written anew between the two readings, so the place means another post there.
  if (reply.generation !== place.generation) return rankBelowPost(deps, search);
  if (reply.answer === null) return { kind: 'not_yet' };
  const page = await pickFromCascade(deps, { found, of: reply }, reply.answer, { limit, after, by: 'postId' });
  return { kind: 'found', linked, ranked: reply.answer, ...page };
}
