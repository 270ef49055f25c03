import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { ComparisonBody } from '../answers.ts';

export const findSharedAccountsStatement = statement('clickhouse/cascade/find-shared-accounts.sql', {
  params: z.object({
    leftId: z.string(),
    leftGeneration: z.number(),
    leftPosts: z.number(),
    leftStartMs: z.number(),
    leftEarlyMs: z.number(),
    rightId: z.string(),
    rightGeneration: z.number(),
    rightPosts: z.number(),
    rightStartMs: z.number(),
    rightEarlyMs: z.number(),
    limit: z.number(),
  }),
  row: z.object({
    accountId: z.string(),
    leftAtMs: z.number(),
    rightAtMs: z.number(),
    isEarly: z.number(),
    total: z.number(),
    early: z.number(),
  }),
});

type Deps = { facts: Pick<Facts, 'select'> };

/** One side: how far it is read, when it began, and up to when its first shares were made. */
export type Side = {
  rootId: string;
  generation: number;
  posts: number;
  startMs: number;
  earlyUntilMs: number;
};

/** Accounts that posted in both cascades, those who were among the first in both before the others. */
export async function findSharedAccounts(
  { facts }: Deps,
  [left, right]: readonly [Side, Side],
  limit: number,
): Promise<ComparisonBody['sharedAccounts']> {
  const rows = await facts.select(findSharedAccountsStatement, {
    leftId: left.rootId,
    leftGeneration: left.generation,
    leftPosts: left.posts,
    leftStartMs: left.startMs,
    leftEarlyMs: left.earlyUntilMs,
    rightId: right.rootId,
    rightGeneration: right.generation,
    rightPosts: right.posts,
    rightStartMs: right.startMs,
    rightEarlyMs: right.earlyUntilMs,
    limit,
  });
  return {
    total: rows[0]?.total ?? 0,
    earlyInBoth: rows[0]?.early ?? 0,
    shown: rows.length,
    rule: 'Those among the first tenth of shares in both, then by how soon they were in the one they came to later; ask for more with `limit`.',
    items: rows.map(({ accountId, leftAtMs, rightAtMs, isEarly }) => ({
      accountId,
      left: { at: timeOf(leftAtMs), afterMs: leftAtMs - left.startMs },
      right: { at: timeOf(rightAtMs), afterMs: rightAtMs - right.startMs },
      earlyInBoth: isEarly === 1,
    })),
  };
}
