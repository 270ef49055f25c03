import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import { countExcluded } from '../asked/count-excluded.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';

const count = z.number().int().nonnegative();
const seconds = z.number().nonnegative().nullable();

const numbers = {
  impressions: count,
  clicks: count,
  people: count,
  posts: count,
  timed: count.meta({ description: 'Impressions that say how long it was until something came of them.' }),
  meanTimeToEngagementSeconds: seconds,
  medianTimeToEngagementSeconds: seconds,
  views: count,
  likes: count,
  comments: count,
  shares: count,
  saves: count,
};

export const PlacingNumbers = z.object({
  ...numbers,
  clickThroughRate: z.number().min(0).max(1).nullable().meta({ description: 'Clicks of all impressions.' }),
});

// What a time in a query can say; a later one could not be written.
const writtenMs = z.number().int().min(0).max(Date.UTC(10_000, 0));

/** Where a page ended, and the range of the first page: the next ones are of the same, however late it has become. */
export const PlacingPosition = z.object({
  fromMs: writtenMs,
  toMs: writtenMs,
  rank: z.number().int(),
  placing: z.string(),
  total: count,
});

export const listPlacingsStatement = statement('clickhouse/engagement/discovery/list-placings.sql', {
  params: z.object({
    by: z.enum(['source', 'position']),
    fromMs: z.number().int(),
    toMs: z.number().int(),
    afterRank: z.number().int(),
    afterPlacing: z.string(),
    limit: z.number().int().positive(),
    viewFromMs: z.number(),
  }),
  row: z.object({ placing: z.string(), rank: z.number().int(), ...numbers, total: count }),
});

type Row = z.output<typeof listPlacingsStatement.row>;

type Search = AskedRange & {
  by: 'source' | 'position';
  limit: number;
  after: z.output<typeof PlacingPosition> | undefined;
};

const eventNames = ['post_discovered', 'post_view', 'post_like', 'post_comment', 'post_share', 'post_save'];

export async function listPlacings(
  { facts, asOf }: Pick<EngagementDeps, 'facts' | 'asOf'>,
  { by, limit, after, ...range }: Search,
) {
  // Read first, so that everything accepted by then is in.
  const upTo = await asOf();
  const afterRank = after?.rank ?? Number.MIN_SAFE_INTEGER;
  const [rows, excluded] = await Promise.all([
    // One more than asked for tells whether there is another page.
    facts.select(listPlacingsStatement, {
      ...range,
      by,
      afterRank,
      afterPlacing: after?.placing ?? '',
      limit: limit + 1,
      viewFromMs: engagementRules.viewFromMs,
    }),
    countExcluded({ facts }, { ...range, eventNames }),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    head: { from: timeOf(range.fromMs), to: timeOf(range.toMs), asOf: upTo, exact: true as const, excluded },
    placings: shown.map(toPlacing),
    total: rows[0]?.total ?? after?.total ?? 0,
    next: last && { ...range, rank: last.rank, placing: last.placing, total: last.total },
  };
}

function toPlacing({ rank: _rank, total: _total, placing, ...counted }: Row) {
  const { impressions, clicks } = counted;
  return { placing, numbers: { ...counted, clickThroughRate: impressions === 0 ? null : clicks / impressions } };
}
