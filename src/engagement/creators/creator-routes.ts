import { z } from 'zod';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { timeOf } from '../../query/times.ts';
import { askedRange, byRange, rangeQuery, tzQuery } from '../asked/asked-range.ts';
import { countExcluded } from '../asked/count-excluded.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { emptyRange, emptyRangeReply } from '../engagement-problems.ts';
import { analyzeCreator } from './analyze-creator.ts';
import { CreatorAnalytics, CreatorTiers } from './creator-answers.ts';
import { listDays } from './list-days.ts';
import { measureTiers } from './measure-tiers.ts';

const described = { method: 'GET', scope: 'engagement:read', tags: ['engagement'] } as const;
const mostDays = 400;

export const readCreatorAnalyticsRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/creators/{accountId}/analytics',
  operationId: 'readCreatorAnalytics',
  summary: 'What an account posted and what its posts received, day by day, with its followers and its tier.',
  description:
    "Every day of the time zone that has a moment of the range is shown, the empty ones too. The account's posts are those it created and the shares it made. A like or a save counts on the day its run began that stands at `to`. A post trends on a day where its weighted reactions (share 10, save 8, comment 5, like 3, view 1) are above 5 times the mean of the account's posts and days that had any in the 30 days before; without any there is nothing to be above. Followers are the latest `followerCount` said of the account, moved by who began and ceased to follow since. Consistency is the share of the 30 days before on which the account created or shared a post, by days of UTC.",
  params: z.object({ accountId: z.string().min(1).max(300) }),
  query: z.object({ ...rangeQuery, ...tzQuery }),
  replies: {
    200: { description: 'The days, and the account at `to`.', schema: CreatorAnalytics },
    400: { description: `${emptyRangeReply.description}; or too_many_days: more than ${mostDays} days` },
    404: { description: 'account_not_found' },
  },
  answer: async (deps, { params: { accountId }, query }) => {
    const range = askedRange(query, { nowMs: deps.now(), days: deps.limits.rangeDays });
    if (range === null) throw emptyRange();
    const days = listDays({ ...range, tz: query.tz, atMost: mostDays });
    if (days === null) throw tooManyDays();
    const analytics = await analyzeCreator(deps, { accountId, range, tz: query.tz, days });
    if (analytics === null) throw problem(404, 'account_not_found', `There is no account "${accountId}".`);
    return { status: 200, body: analytics };
  },
});

/** What the numbers of tiers are made of. */
const tierEvents = ['post_created', 'post_share', 'post_view', 'post_like', 'post_comment', 'user_follow'];

export const readCreatorTiersRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/creators/tiers',
  operationId: 'readCreatorTiers',
  remember: byRange,
  summary: 'How many creators each tier has, and what they receive on average.',
  description:
    'A creator is an account that created or shared a post by `to`, or whose latest `userType` is `creator` or `both`. The tier is that at `to`: top from 1,000,000 followers and a consistency of 0.5, established from 100,000 and 0.4, rising from 1,000 and 0.2, casual else. Means are over the creators of the tier and, where they are daily, over the length of the range in days of 24 hours.',
  query: z.object(rangeQuery),
  replies: { 200: { description: 'All four tiers.', schema: CreatorTiers }, 400: emptyRangeReply },
  answer: async (deps, { query }) => {
    const range = askedRange(query, { nowMs: deps.now(), days: deps.limits.rangeDays });
    if (range === null) throw emptyRange();
    const asOf = await deps.asOf();
    const [excluded, tiers] = await Promise.all([
      countExcluded(deps, { ...range, eventNames: tierEvents }),
      measureTiers(deps, range),
    ]);
    const head = { from: timeOf(range.fromMs), to: timeOf(range.toMs), asOf, exact: true, excluded } as const;
    return { status: 200, body: { ...head, tiers } };
  },
});

function tooManyDays() {
  const message = `The range must not have more than ${mostDays} days.`;
  return problem(400, 'too_many_days', message, {
    errors: [{ pointer: '/query/from', code: 'too_many_days', message }],
  });
}
