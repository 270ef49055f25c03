import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { PostChange, ShareChange } from '../linking/graph-change.ts';

export const eventRow = z.object({
  postId: z.string(),
  kind: z.enum(['post', 'share', 'removal']),
  acceptSeq: z.number(),
  eventId: z.string(),
  authorId: z.string(),
  createdAt: z.number(),
  parentId: z.string(),
  rootHint: z.string(),
  method: z.string().nullable(),
  confidence: z.number().nullable(),
});
export type EventRow = z.output<typeof eventRow>;

export const findPostEventsStatement = statement('clickhouse/project/reproject/find-post-events.sql', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: eventRow,
});
export const findRefusedStatement = statement('cypher/project/reproject/find-refused.cypher', {
  params: z.object({ seqs: z.array(z.number()) }),
  row: z.object({ acceptSeq: z.number() }),
});

/** What the raw facts say of a post: the event that made it, if one did, and whether it was removed. */
export type PostTruth = { change: PostChange | ShareChange | null; removedAt: number | null };

type Deps = { facts: Pick<Facts, 'select'>; run: GraphTransaction['run'] };

/**
 * The truth about some posts as of an accept number. Of several events that would make one post the first in accept order
 * stands, those left out that the graph refused or could not take.
 */
export async function findPostTruths(
  { facts, run }: Deps,
  postIds: readonly string[],
  acceptSeq: number,
): Promise<Map<string, PostTruth>> {
  const rows = await facts.select(findPostEventsStatement, { postIds: [...postIds] });
  const known = rows.filter((row) => row.acceptSeq <= acceptSeq);
  const seqs = known.filter((row) => row.kind !== 'removal').map((row) => row.acceptSeq);
  const refused = seqs.length === 0 ? [] : await run(findRefusedStatement, { seqs });
  const without = new Set(refused.map((row) => row.acceptSeq));
  return truthsOf(known, without);
}

/** What events in accept order say of the posts they make, those left out that made none. */
export function truthsOf(rows: readonly EventRow[], refused: ReadonlySet<number>): Map<string, PostTruth> {
  const truths = new Map<string, PostTruth>();
  for (const row of rows) addEvent(truths, row, refused);
  return truths;
}

function addEvent(truths: Map<string, PostTruth>, row: EventRow, refused: ReadonlySet<number>): void {
  const truth = truths.get(row.postId) ?? { change: null, removedAt: null };
  truths.set(row.postId, truth);
  if (row.kind === 'removal') truth.removedAt = Math.min(truth.removedAt ?? row.createdAt, row.createdAt);
  else if (truth.change === null && !refused.has(row.acceptSeq)) truth.change = toChange(row);
}

function toChange(row: EventRow): PostChange | ShareChange {
  const { postId, acceptSeq, eventId, authorId, createdAt, parentId, method, confidence } = row;
  if (row.kind === 'post') return { kind: 'post', acceptSeq, eventId, postId, authorId, createdAt };
  const rootHint = row.rootHint === '' ? null : row.rootHint;
  return {
    kind: 'share',
    acceptSeq,
    eventId,
    postId,
    parentId,
    authorId,
    createdAt,
    rootHint,
    method,
    confidence,
  };
}
