import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';
import { countExcluded } from '../asked/count-excluded.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import { acceptedFrom } from './accepted-from.ts';
import { type ContentValue, type Dimension, dimension, valueSort } from './content-answers.ts';

const whole = z.number().int();
const count = whole.nonnegative();
const rate = z.number().nullable();
const greatestRank = '18446744073709551615';
const rank = z
  .string()
  .regex(/^\d{1,20}$/)
  .refine((digits) => BigInt(digits) <= BigInt(greatestRank));

export const listValuesStatement = statement('clickhouse/engagement/content/list-values.sql', {
  params: z.object({
    dimension,
    sort: valueSort,
    beforeMs: whole,
    fromMs: whole,
    toMs: whole,
    acceptedFromMs: whole,
    viewFromMs: whole,
    afterRank: rank,
    afterValue: z.string(),
    limit: whole,
  }),
  row: z.object({
    value: z.string(),
    postsCreated: count,
    creators: count,
    allPosts: count,
    impressions: count,
    views: count,
    uniqueViewers: count,
    watchMs: count,
    completionRate: rate,
    likes: count,
    comments: count,
    shares: count,
    saves: count,
    engagementRate: rate,
    viewsBefore: count,
    postsCreatedBefore: count,
    rank,
    total: count,
  }),
});

const eventNames = ['post_created', 'post_view', 'post_like', 'post_save', 'post_comment', 'post_share'];

type FoundValue = z.output<typeof listValuesStatement.row>;

/** Where a page ended: the sorted number of its last value as the statement writes it, and that value, '' for none. */
export const valuePosition = z.object({ rank, value: z.string(), total: count });

export type ValueSearch = AskedRange & {
  dimension: Dimension;
  sort: z.output<typeof valueSort>;
  limit: number;
  after: z.output<typeof valuePosition> | null;
};

export type ValuePage = {
  items: ContentValue[];
  next: z.output<typeof valuePosition> | undefined;
  total: number;
  asOf: string | null;
  excluded: Excluded;
};

/** The values of one dimension, those first that have most of what is sorted by. */
export async function listValues(deps: EngagementDeps, search: ValueSearch): Promise<ValuePage> {
  const asOf = await deps.asOf();
  const { after, limit, fromMs, toMs, ...asked } = search;
  const beforeMs = fromMs - (toMs - fromMs);
  const [rows, excluded] = await Promise.all([
    deps.facts.select(listValuesStatement, {
      ...asked,
      beforeMs,
      fromMs,
      toMs,
      acceptedFromMs: acceptedFrom(beforeMs),
      viewFromMs: engagementRules.viewFromMs,
      afterRank: after?.rank ?? greatestRank,
      afterValue: after?.value ?? '',
      // One more than asked for tells whether there is another page.
      limit: limit + 1,
    }),
    countExcluded(deps, { fromMs, toMs, eventNames }),
  ]);
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(toItem),
    next: rows.length > limit ? shown.at(-1) : undefined,
    total: rows[0]?.total ?? after?.total ?? 0,
    asOf,
    excluded,
  };
}

function toItem(row: FoundValue): ContentValue {
  const { value, allPosts, watchMs, viewsBefore, postsCreatedBefore, rank: _rank, total: _total, ...numbers } = row;
  const grown = ratio(row.views, viewsBefore);
  return {
    ...numbers,
    value: value === '' ? null : value,
    adoptionRate: ratio(row.postsCreated, allPosts),
    watchSeconds: watchMs / 1000,
    avgWatchSeconds: ratio(watchMs / 1000, row.views),
    before: { views: viewsBefore, postsCreated: postsCreatedBefore },
    viewsGrowth: grown === null ? null : grown - 1,
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
