import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';
import type { NumberedSteps } from '../asked/steps.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import { acceptedFrom } from './accepted-from.ts';
import { type ContentTrendStep, type Dimension, dimension } from './content-answers.ts';

const whole = z.number().int();
const count = whole.nonnegative();
const rate = z.number().nullable();

export const readValueTrendStatement = statement('clickhouse/engagement/content/read-value-trend.sql', {
  params: z.object({
    dimension,
    value: z.string(),
    fromMs: whole,
    toMs: whole,
    acceptedFromMs: whole,
    viewFromMs: whole,
    stepMs: whole,
    stepDays: whole,
    tz: z.string(),
    firstStep: whole,
    stepCount: whole,
  }),
  row: z.object({
    startMs: whole,
    postsCreated: count,
    views: count,
    completionRate: rate,
    engagementRate: rate,
    posts: count,
    excludedEvents: count,
    excludedAccounts: count,
  }),
});

export type TrendSearch = AskedRange & NumberedSteps & { dimension: Dimension; value: string; tz: string };

export type ValueTrend = { items: ContentTrendStep[]; asOf: string | null; excluded: Excluded };

/** How posts that have a value were made and received, step by step; null where no post has it. */
export async function readValueTrend(deps: EngagementDeps, search: TrendSearch): Promise<ValueTrend | null> {
  const asOf = await deps.asOf();
  const params = { ...search, acceptedFromMs: acceptedFrom(search.fromMs), viewFromMs: engagementRules.viewFromMs };
  const rows = await deps.facts.select(readValueTrendStatement, params);
  const [first] = rows;
  if (first === undefined || first.posts === 0) return null;
  return {
    items: rows.map(({ startMs, postsCreated, views, completionRate, engagementRate }) => ({
      at: timeOf(startMs),
      postsCreated,
      views,
      completionRate,
      engagementRate,
    })),
    asOf,
    excluded: { events: first.excludedEvents, accounts: first.excludedAccounts },
  };
}
