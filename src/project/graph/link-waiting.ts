import { z } from 'zod';
import type { Graph, GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { placeBelow } from '../linking/place-below.ts';
import { type Cursor, lockCursor } from './cursor.ts';
import { addLinkWorkStatement } from './write-plan.ts';

const place = { postId: z.string(), rootId: z.string().nullable(), depth: z.number().nullable() };

export const findLinkWorkStatement = statement('cypher/project/find-link-work.cypher', {
  params: z.object({ limit: z.number() }),
  row: z.object({ ...place, linked: z.boolean() }),
});
export const findWaitingStatement = statement('cypher/project/find-waiting.cypher', {
  params: z.object({ postIds: z.array(z.string()), limit: z.number() }),
  row: z.object({ postId: z.string(), parentId: z.string() }),
});
export const linkPostsStatement = statement('cypher/project/link-posts.cypher', {
  params: z.object({
    posts: z.array(z.object({ postId: z.string(), rootId: z.string(), depth: z.number(), linkSeq: z.number() })),
  }),
  row: z.object({}),
});
export const findAwaitedStatement = statement('cypher/project/find-awaited.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: z.object({ postId: z.string() }),
});
export const removeLinkWorkStatement = statement('cypher/project/remove-link-work.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: z.object({}),
});
export const advanceLinkSeqStatement = statement('cypher/project/advance-link-seq.cypher', {
  params: z.object({ stream: z.string(), linkSeq: z.number() }),
  row: z.object({}),
});

type Deps = { graph: Graph };

export type LinkLimits = { maxPosts: number; maxWork: number };

/**
 * Links a bounded number of the posts that wait for linked ones, descendants included, in one transaction.
 * What is left is remembered as work in the same transaction. Says whether there is more to do.
 */
export async function linkWaiting(
  { graph }: Deps,
  cursor: Cursor,
  limits: LinkLimits,
): Promise<{ cursor: Cursor; more: boolean }> {
  return graph.transact(async (transaction) => {
    const locked = await lockCursor(transaction, cursor);
    const work = await transaction.run(findLinkWorkStatement, { limit: limits.maxWork });
    if (work.length === 0) return { cursor: locked, more: false };
    const tops = work.flatMap(({ postId, linked, rootId, depth }) =>
      linked && rootId !== null && depth !== null ? [{ postId, rootId, depth }] : [],
    );
    const postIds = tops.map((top) => top.postId);
    const waiting = await transaction.run(findWaitingStatement, { postIds, limit: limits.maxPosts });
    const linked = placeBelow(tops, waiting, locked.linkSeq);
    const linkSeq = locked.linkSeq + linked.length;
    if (linked.length > 0) {
      await transaction.run(linkPostsStatement, { posts: linked });
      await transaction.run(advanceLinkSeqStatement, { stream: cursor.stream, linkSeq });
    }
    await rememberWork(transaction, work, [...tops, ...linked]);
    return { cursor: { ...locked, linkSeq }, more: true };
  });
}

/** Work stays while somebody waits for the post. What is not linked (any more) goes: linking it makes it work again. */
async function rememberWork(
  transaction: GraphTransaction,
  work: ReadonlyArray<{ postId: string }>,
  linked: ReadonlyArray<{ postId: string }>,
): Promise<void> {
  const awaited = await transaction.run(findAwaitedStatement, { postIds: linked.map((post) => post.postId) });
  const still = new Set(awaited.map((row) => row.postId));
  const done = work.map((item) => item.postId).filter((postId) => !still.has(postId));
  await transaction.run(removeLinkWorkStatement, { postIds: done });
  await transaction.run(addLinkWorkStatement, { postIds: [...still].sort() });
}
