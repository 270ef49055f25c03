import type { Facts } from '../../facts/facts.ts';
import type { LineageOf } from '../desk/messages.ts';
import type { FoundCascade, Root } from '../find-root.ts';
import type { Ranked } from '../rank/rank-posts.ts';
import type { LineagePost } from './find-posts.ts';
import { type Page, type PickedPost, pickPosts, type RankPosition } from './pick-posts.ts';

type Deps = { facts: Pick<Facts, 'select'> };
type From = { found: FoundCascade; of: LineageOf & { posts: number } };

/** One page of an order, and where the next one starts. */
export type PickedPage = { picked: PickedPost[]; next: RankPosition | null };

/** Picks from what was ranked of a cascade; a root that lineage has not reached yet is known from the graph. */
export async function pickFromCascade(
  deps: Deps,
  { found, of }: From,
  ranked: Ranked<string>,
  page: Page,
): Promise<PickedPage> {
  const isLone = found.extent === null;
  const picked = isLone ? pickLone(found.root, ranked, page) : await pickPosts(deps, of, ranked, page);
  const last = picked.length > page.limit ? picked[page.limit - 1] : undefined;
  const next = last === undefined ? null : { value: last.value, id: last.id };
  return { picked: picked.slice(0, page.limit), next };
}

function pickLone(
  { rootPostId, authorId, createdAt }: Root,
  { seqs, values }: Ranked<string>,
  page: Page,
): PickedPost[] {
  if (seqs.length === 0 || page.after !== null) return [];
  const post: LineagePost = {
    seq: 0,
    postId: rootPostId,
    parentPostId: null,
    depth: 0,
    accountId: authorId,
    createdAtMs: createdAt,
  };
  return [{ post, value: values[0] ?? 0, row: 0, id: post[page.by] ?? '' }];
}
