import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { Cascades } from '../open-cascades.ts';
import type { SpreadItem, SpreadWalk } from './account-answers.ts';

const walkParams = z.object({
  accountId: z.string(),
  hops: z.number(),
  maxPosts: z.number(),
  maxEdges: z.number(),
  afterShares: z.number(),
  afterAccountId: z.string(),
  limit: z.number(),
});
const walkRow = z.object({
  items: z.array(
    z.object({
      accountId: z.string(),
      hop: z.number(),
      shares: z.number(),
      firstAt: z.number(),
      lastAt: z.number(),
    }),
  ),
  total: z.number(),
  posts: z.number(),
  unseenPosts: z.number(),
  edges: z.number(),
  unseenEdges: z.number(),
  unknownAuthors: z.number(),
});

export const listAmplifiersStatement = statement('cypher/cascade/account/list-amplifiers.cypher', {
  params: walkParams,
  row: walkRow,
});
export const listAmplifiedStatement = statement('cypher/cascade/account/list-amplified.cypher', {
  params: walkParams,
  row: walkRow,
});

/** Those who spread an account, or those whom it spreads. */
export type Direction = 'amplifiers' | 'amplified';

/** Posts of the account that a walk begins at, and edges that it takes in all. */
export type WalkLimits = { walkPosts: number; walkEdges: number };

/** Where a page ended: the number of its last account, and its id for those with the same number. */
export const SpreadPosition = z.object({ shares: z.number().int().nonnegative(), accountId: z.string() });
export type SpreadPosition = z.output<typeof SpreadPosition>;

export type SpreadSearch = {
  accountId: string;
  hops: number;
  limit: number;
  after: SpreadPosition | null;
};

export type SpreadDeps = { graph: Pick<Graph, 'read'>; cascades: Pick<Cascades, 'watermark'> };
export type SpreadPage = { items: SpreadItem[]; total: number; next: SpreadPosition | null; walk: SpreadWalk };

const statements = { amplifiers: listAmplifiersStatement, amplified: listAmplifiedStatement };

/** One page of the accounts around an account, with what the walk that found them saw. Null for an unknown account. */
export async function listSpread(
  { graph, cascades }: SpreadDeps,
  direction: Direction,
  { accountId, hops, limit, after }: SpreadSearch,
  { walkPosts, walkEdges }: WalkLimits,
): Promise<SpreadPage | null> {
  const asOfMs = await cascades.watermark();
  const [row] = await graph.read(statements[direction], {
    accountId,
    hops,
    maxPosts: walkPosts,
    maxEdges: walkEdges,
    afterShares: after?.shares ?? Number.MAX_SAFE_INTEGER,
    afterAccountId: after?.accountId ?? '',
    // One more than asked for tells whether there is another page.
    limit: limit + 1,
  });
  if (row === undefined) return null;
  const items = row.items.slice(0, limit);
  const next = row.items.length > limit ? positionOf(items.at(-1)) : null;
  const complete = row.unseenPosts === 0 && row.unseenEdges === 0;
  const walk = {
    hops,
    walked: { posts: row.posts, edges: row.edges, unknownAuthors: row.unknownAuthors },
    complete,
    leftOut: { posts: row.unseenPosts, edges: row.unseenEdges },
    rule: ruleOf(direction, complete, { walkPosts, walkEdges }),
    asOf: timeOf(asOfMs),
  };
  return { items: items.map(toItem), total: row.total, next, walk };
}

function positionOf(item: SpreadPosition | undefined): SpreadPosition | null {
  return item === undefined ? null : { shares: item.shares, accountId: item.accountId };
}

function toItem({ firstAt, lastAt, ...item }: z.output<typeof walkRow>['items'][number]): SpreadItem {
  return { ...item, firstAt: timeOf(firstAt), lastAt: timeOf(lastAt) };
}

const counted = {
  amplifiers: 'Shares below the posts of the account, each once, at its nearest post of the account; its own left out.',
  amplified: 'Posts above the shares of the account, each once, at its nearest post of the account; its own left out.',
};

function ruleOf(direction: Direction, complete: boolean, { walkPosts, walkEdges }: WalkLimits): string {
  if (complete) return counted[direction];
  return (
    `${counted[direction]} The walk begins at no more than ${walkPosts} posts and takes no more than ${walkEdges} ` +
    'steps, the nearest first. For the rest ask for fewer hops, or for one cascade at a time: ' +
    'GET /v1/cascades/{rootPostId}/spreaders?of=accounts.'
  );
}
