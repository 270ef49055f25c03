import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { route } from '../../http/route.ts';
import { type AskedRange, answerHead, askedRange, byRange, rangeQuery } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { emptyRange, emptyRangeReply } from '../engagement-problems.ts';
import { listPlacings, PlacingNumbers, PlacingPosition } from './list-placings.ts';
import { DiversityNumbers, measureDiversity } from './measure-diversity.ts';

const described = { method: 'GET', scope: 'engagement:read', tags: ['discovery'] } as const;

const meaning = [
  'An impression is a `post_discovered` event. `clickThroughRate` is the clicks of all impressions, those too that do not say whether they were clicked. `people` and `posts` are the distinct accounts and posts of the impressions. Times to engagement are over the `timed` impressions that say one; the median of an even number is the mean of the two in the middle.',
  'Views of 3 seconds or more, comments and shares are those whose own event names it. Likes and saves are those that stand before `to` and whose run began in the range; they belong to what the event that began the run names.',
].join('\n\n');

const sourceItem = z.object({ source: z.string(), ...PlacingNumbers.shape }).meta({ id: 'DiscoverySource' });
const positionItem = z
  .object({ feedPosition: z.number().int().nonnegative(), ...PlacingNumbers.shape })
  .meta({ id: 'DiscoveryPosition' });

export const DiscoverySourceList = listBody(sourceItem).extend(answerHead).meta({ id: 'DiscoverySourceList' });
export const DiscoveryPositionList = listBody(positionItem).extend(answerHead).meta({ id: 'DiscoveryPositionList' });
export const Diversity = DiversityNumbers.extend(answerHead).meta({ id: 'Diversity' });

const query = z.object({ ...listQuery, ...rangeQuery });

export const listDiscoverySourcesRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/discovery/sources',
  operationId: 'listDiscoverySources',
  remember: byRange,
  summary:
    'By which sources posts were put before people, and what came of it; most impressions first, then by source.',
  description: `${meaning}\n\nA source that only engagement names is listed with no impressions; events that name no source are in no number.`,
  query,
  replies: { 200: { description: 'One page.', schema: DiscoverySourceList }, 400: emptyRangeReply },
  answer: async (deps, { query: { limit, cursor, ...search }, url }) => {
    const list = `discovery sources ${JSON.stringify(search)}`;
    const after = readCursor(list, PlacingPosition, cursor);
    const range = after ?? rangeOf(deps, search);
    const { head, placings, total, next } = await listPlacings(deps, { ...bounds(range), by: 'source', limit, after });
    const items = placings.map(({ placing, numbers }) => ({ source: placing, ...numbers }));
    const reply = listReply(url, { list, items, total, next });
    return { ...reply, body: { ...reply.body, ...head } };
  },
});

export const listDiscoveryPositionsRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/discovery/positions',
  operationId: 'listDiscoveryPositions',
  remember: byRange,
  summary: 'At which places of a feed posts were put before people, and what came of it; the first place first.',
  description: `${meaning}\n\nPlaces are counted from 0. A place that only engagement names is listed with no impressions; events that name no place are in no number.`,
  query,
  replies: { 200: { description: 'One page.', schema: DiscoveryPositionList }, 400: emptyRangeReply },
  answer: async (deps, { query: { limit, cursor, ...search }, url }) => {
    const list = `discovery positions ${JSON.stringify(search)}`;
    const after = readCursor(list, PlacingPosition, cursor);
    const range = after ?? rangeOf(deps, search);
    const { head, placings, total, next } = await listPlacings(deps, {
      ...bounds(range),
      by: 'position',
      limit,
      after,
    });
    const items = placings.map(({ placing, numbers }) => ({ feedPosition: Number(placing), ...numbers }));
    const reply = listReply(url, { list, items, total, next });
    return { ...reply, body: { ...reply.body, ...head } };
  },
});

export const measureDiversityRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/discovery/diversity',
  operationId: 'measureDiversity',
  remember: byRange,
  summary: 'How varied what people were shown was, by category: over all, and as percentiles over accounts.',
  description: [
    'An impression is a `post_discovered` or a `post_view` event, of any duration; each counts. Its category and author are those of the post as it stands now; posts without a category, and posts that are not known by a `post_created` event, are one category of their own. Authors that are not known are not counted.',
    'Of each account: the Shannon entropy of its categories in bits, the share of its largest category (`concentration`), the sum of the squared shares (`herfindahl`), and distinct authors. Percentile p of n sorted values is the one at place ceil(p / 100 * n), counted from 1: always a value that some account has. The overall numbers are over all impressions, those of accounts with too few as well.',
  ].join('\n\n'),
  query: z.object({
    ...rangeQuery,
    minImpressions: z.number().int().min(1).max(1000).default(10).meta({
      description: 'Accounts with fewer impressions in the range are not compared.',
    }),
  }),
  replies: { 200: { description: 'The measures.', schema: Diversity }, 400: emptyRangeReply },
  answer: async (deps, { query: { minImpressions, ...search } }) => {
    const { head, numbers } = await measureDiversity(deps, { ...rangeOf(deps, search), minImpressions });
    return { status: 200, body: { ...head, ...numbers } };
  },
});

function rangeOf(deps: EngagementDeps, search: { from?: string | undefined; to?: string | undefined }): AskedRange {
  const range = askedRange(search, { nowMs: deps.now(), days: deps.limits.rangeDays });
  if (range === null) throw emptyRange();
  return range;
}

function bounds({ fromMs, toMs }: AskedRange): AskedRange {
  return { fromMs, toMs };
}
