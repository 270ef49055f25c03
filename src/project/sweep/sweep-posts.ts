import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { diffPost } from '../reproject/diff-post.ts';
import { eventRow, type PostTruth, truthsOf } from '../reproject/post-truth.ts';
import { type StoredPost, storedRow } from '../reproject/stored-posts.ts';

export const listPostsStatement = statement('cypher/project/sweep/list-posts.cypher', {
  params: z.object({ after: z.string(), limit: z.number() }),
  row: storedRow,
});
export const listPostEventsStatement = statement('clickhouse/project/sweep/list-post-events.sql', {
  params: z.object({ after: z.string(), upTo: z.string(), limit: z.number() }),
  row: eventRow.omit({ method: true }),
});

/** `upTo`: the last id of the stretch, or null where it was the last stretch. `rootIds`: cascades that begin in it. */
export type Swept = { suspects: string[]; rootIds: string[]; looked: number; upTo: string | null };

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'select'> };

// The facts may have posts that the graph has lost, so they are given more room before the stretch is cut short.
const roomInFacts = 4;

/**
 * One stretch of all posts in the order of their ids, in both stores at once. Nothing is locked, so what differs here is
 * only suspected; it is judged when the graph stands still.
 */
export async function sweepPosts(
  { graph, facts }: Deps,
  { after, limit, acceptSeq }: { after: string; limit: number; acceptSeq: number },
): Promise<Swept> {
  const posts = await graph.read(listPostsStatement, { after, limit });
  const lastStored = posts.length < limit ? '' : (posts.at(-1)?.id ?? '');
  const room = limit * roomInFacts;
  const rows = await facts.select(listPostEventsStatement, { after, upTo: lastStored, limit: room });
  const upTo = cutAt(rows, room) ?? lastStored;
  const isInside = (id: string) => upTo === '' || compareBytes(id, upTo) <= 0;
  const stored = new Map(posts.filter(({ id }) => isInside(id)).map((post) => [post.id, post]));
  const told = rows.filter((row) => row.acceptSeq <= acceptSeq && isInside(row.postId));
  told.sort((left, right) => left.acceptSeq - right.acceptSeq);
  const truths = truthsOf(
    told.map((row) => ({ ...row, method: methodOf(stored.get(row.postId)) })),
    new Set(),
  );
  const ids = new Set([...stored.keys(), ...truths.keys()]);
  return {
    suspects: [...ids].filter((id) => isSuspect(truths.get(id), stored.get(id), acceptSeq)),
    rootIds: [...stored.values()].filter(({ id, rootId }) => id === rootId).map(({ id }) => id),
    looked: ids.size,
    upTo: upTo === '' ? null : upTo,
  };
}

/** Where either half of the answer may have been cut off: what lies beyond the first cut is left to the next stretch. */
function cutAt(rows: ReadonlyArray<{ postId: string; kind: string }>, room: number): string | null {
  const shares = rows.filter((row) => row.kind === 'share');
  const others = rows.filter((row) => row.kind !== 'share');
  const cuts = [shares, others].flatMap((half) => (half.length < room ? [] : [half.at(-1)?.postId ?? '']));
  return cuts.sort(compareBytes)[0] ?? null;
}

/** This way of reading does not say how a share was made, so that is taken as the graph has it. */
function methodOf(stored: StoredPost | undefined): string | null {
  return stored?.edges[0]?.method ?? null;
}

/** What came after the accept number in the graph is not in these facts yet. */
export function isSuspect(truth: PostTruth | undefined, stored: StoredPost | undefined, acceptSeq: number): boolean {
  if ((stored?.acceptSeq ?? 0) > acceptSeq) return false;
  return diffPost(truth, stored).length > 0;
}

/** Both stores order ids by their bytes in UTF-8. */
function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
