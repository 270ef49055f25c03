import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { engagementRules } from '../rules.ts';
import { lookBackStart } from './list-postings.ts';
import { tierOf } from './tier-of.ts';

export const findStandingsStatement = statement('clickhouse/engagement/creators/find-standings.sql', {
  params: z.object({ accountIds: z.array(z.string()), toMs: z.number(), sinceMs: z.number() }),
  row: z.object({ accountId: z.string(), followers: z.number(), postingDays: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'> };

const { tiers, lookBackDays } = engagementRules;

/** What the tier of each account at a time multiplies the score of its posts by. */
export async function findBoosts(
  { facts }: Deps,
  accountIds: readonly string[],
  toMs: number,
): Promise<ReadonlyMap<string, number>> {
  if (accountIds.length === 0) return new Map();
  const asked = { accountIds: [...accountIds], toMs, sinceMs: lookBackStart(toMs) };
  const rows = await facts.select(findStandingsStatement, asked);
  return new Map(
    rows.map(({ accountId, followers, postingDays }) => {
      const tier = tierOf({ followers, consistency: Math.min(1, postingDays / lookBackDays) });
      return [accountId, tiers.find((one) => one.tier === tier)?.boost ?? 1];
    }),
  );
}
