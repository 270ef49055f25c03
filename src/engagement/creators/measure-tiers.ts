import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import type { TierItem } from './creator-answers.ts';
import { lookBackStart } from './list-postings.ts';
import { Tier } from './tier-of.ts';

const ms = z.number().int();
const whole = z.number().int().nonnegative();

export const measureTiersStatement = statement('clickhouse/engagement/creators/measure-tiers.sql', {
  params: z.object({
    fromMs: ms,
    toMs: ms,
    sinceMs: ms,
    viewFromMs: whole,
    lookBackDays: whole,
    tiers: z.array(Tier),
    followerFloors: z.array(whole),
    consistencyFloors: z.array(z.number()),
  }),
  row: z.object({
    tier: Tier,
    creators: whole,
    views: whole,
    rated: whole,
    rateBillionths: z.number(),
    netFollowers: z.number().int(),
  }),
});

type Measured = z.output<typeof measureTiersStatement.row>;

/** Every tier from the highest down, those without a creator too. */
export async function measureTiers(
  { facts }: Pick<EngagementDeps, 'facts'>,
  { fromMs, toMs }: AskedRange,
): Promise<TierItem[]> {
  const { tiers, viewFromMs, lookBackDays } = engagementRules;
  const rows = await facts.select(measureTiersStatement, {
    fromMs,
    toMs,
    sinceMs: lookBackStart(toMs),
    viewFromMs,
    lookBackDays,
    tiers: tiers.map(({ tier }) => tier),
    followerFloors: tiers.map(({ followers }) => followers),
    consistencyFloors: tiers.map(({ consistency }) => consistency),
  });
  const days = (toMs - fromMs) / 86_400_000;
  return tiers.map(({ tier }) => toItem(tier, { row: rows.find((one) => one.tier === tier), days }));
}

function toItem(tier: Tier, { row, days }: { row: Measured | undefined; days: number }): TierItem {
  if (row === undefined) {
    return { tier, creators: 0, avgDailyViews: null, avgEngagementRate: null, avgNetFollowerGrowth: null };
  }
  return {
    tier,
    creators: row.creators,
    avgDailyViews: row.views / row.creators / days,
    avgEngagementRate: row.rated === 0 ? null : row.rateBillionths / row.rated / 1e9,
    avgNetFollowerGrowth: row.netFollowers / row.creators / days,
  };
}
