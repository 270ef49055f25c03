import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { LineageOf } from '../desk/messages.ts';
import { placeOf } from '../rank/place-of.ts';
import type { Ranked } from '../rank/rank-posts.ts';
import { findPosts, type LineagePost } from './find-posts.ts';

export const findFirstPostsStatement = statement('clickhouse/cascade/find-first-posts.sql', {
  params: z.object({
    rootId: z.string(),
    generation: z.number(),
    posts: z.number(),
    members: z.string(),
    by: z.enum(['postId', 'accountId']),
    after: z.string(),
    limit: z.number(),
  }),
  row: z.object({ seq: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'> };

/** Whose id decides between equal values. */
export type TieKey = 'postId' | 'accountId';

/** Where a page ended: the value of its last item, and its id among those of the same value. */
export type RankPosition = { value: number; id: string };

export type Page = { limit: number; after: RankPosition | null; by: TieKey };

/** A post at its place in an order; `row` is where its numbers stand in what was ranked. */
export type PickedPost = { post: LineagePost; value: number; row: number; id: string };

type Of = LineageOf & { posts: number };

/** The first posts of an order, ties by id in byte order: as many as asked for and, where there is one, the next one. */
export async function pickPosts(deps: Deps, of: Of, ranked: Ranked<string>, page: Page): Promise<PickedPost[]> {
  const { values, seqs } = ranked;
  const picked: PickedPost[] = [];
  for (let start = 0; start < seqs.length && picked.length <= page.limit; ) {
    const value = values[start] ?? 0;
    let end = start + 1;
    while (end < seqs.length && values[end] === value) end += 1;
    const after = page.after?.value === value ? page.after.id : '';
    const tied = { seqs: seqs.subarray(start, end), after, left: page.limit + 1 - picked.length, by: page.by };
    for (const { post, id } of await pickTied(deps, of, tied)) {
      picked.push({ post, value, row: start + placeOf(tied.seqs, post.seq), id });
    }
    start = end;
  }
  return picked;
}

/** Posts of one value, by their places, of which those after an id are wanted. */
type Tied = { seqs: Uint32Array; after: string; left: number; by: TieKey };
type WithId = { post: LineagePost; id: string };

/** So many of one value are read and put in order here; of more the engine finds the first. */
const fewPosts = 500;

async function pickTied(deps: Deps, of: Of, tied: Tied): Promise<WithId[]> {
  const { seqs, after, left, by } = tied;
  const isFew = seqs.length <= fewPosts || (after === '' && seqs.length <= left);
  const posts = await findPosts(deps, of, isFew ? [...seqs] : await findFirst(deps, of, tied));
  return posts
    .map((post) => ({ post, id: post[by] ?? '' }))
    .filter(({ id }) => after === '' || compareBytes(id, after) > 0)
    .toSorted((one, other) => compareBytes(one.id, other.id))
    .slice(0, left);
}

async function findFirst({ facts }: Deps, of: Of, { seqs, after, left, by }: Tied): Promise<number[]> {
  const bits = Buffer.alloc(Math.ceil(of.posts / 8));
  for (const seq of seqs) bits[seq >>> 3] = (bits[seq >>> 3] ?? 0) | (1 << (seq & 7));
  const { rootId, generation, posts } = of;
  const members = bits.toString('base64');
  const found = await facts.select(findFirstPostsStatement, {
    rootId,
    generation,
    posts,
    members,
    by,
    after,
    limit: left,
  });
  return found.map((row) => row.seq);
}

/** Ids stand in the order of their UTF-8 bytes everywhere; JavaScript would compare UTF-16. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
