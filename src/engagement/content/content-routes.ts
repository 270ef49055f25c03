import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { route } from '../../http/route.ts';
import { timeOf } from '../../query/times.ts';
import { answerHead, askedRange, byRange, rangeQuery, tzQuery } from '../asked/asked-range.ts';
import { leastStepSeconds, maxSteps, numberSteps } from '../asked/steps.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { emptyRange, emptyRangeReply, tooManySteps } from '../engagement-problems.ts';
import { ContentTrendStep, ContentValue, dimension, valueSort } from './content-answers.ts';
import { noValue, noValueReply } from './content-problems.ts';
import { listValues, valuePosition } from './list-values.ts';
import { readValueTrend } from './read-value-trend.ts';

const described = { method: 'GET', scope: 'engagement:read', tags: ['engagement'] } as const;

export const ContentValueList = listBody(ContentValue).extend(answerHead).meta({ id: 'ContentValueList' });

export const listContentValuesRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/content/{dimension}',
  operationId: 'listContentValues',
  remember: byRange,
  summary: 'Every value of one dimension of content: who took it up, and how posts that have it were received.',
  description:
    'Posts count under the values that they have now, as the latest change of each field says; a post with several hashtags or effects counts once for each. Posts without a category, music or content type are under `value: null`; without hashtags or effects they are in no value. A share is a post of its own without content, so events on shares are in no value, and shares are no created posts. `total` is the number of values with a post created or an event in the range; taking back a like or a save is such an event. Sorted descending, nulls last, ties by value in byte order, `null` last.',
  params: z.object({ dimension }),
  query: z.object({ ...rangeQuery, ...listQuery, sort: valueSort.default('views') }),
  replies: { 200: { description: 'One page.', schema: ContentValueList }, 400: emptyRangeReply },
  answer: async (deps, { params, query, url }) => {
    const { limit, cursor, sort, ...asked } = query;
    const list = `content ${params.dimension} ${JSON.stringify({ sort, ...asked })}`;
    const position = readCursor(list, ValueCursor, cursor);
    const range = position ?? askedRange(asked, { nowMs: deps.now(), days: deps.limits.rangeDays });
    if (range === null) throw emptyRange();
    const { fromMs, toMs } = range;
    const page = await listValues(deps, { ...params, fromMs, toMs, sort, limit, after: position?.after ?? null });
    const { items, total, asOf, excluded } = page;
    const next = page.next && { fromMs, toMs, after: valuePosition.parse(page.next) };
    const reply = listReply(url, { list, items, total, next });
    const head = { from: timeOf(fromMs), to: timeOf(toMs), asOf, exact: true as const, excluded };
    return { ...reply, body: { ...reply.body, ...head } };
  },
});

// The pages of a list are of one range, also where it ends now.
const ValueCursor = z
  .object({ fromMs: z.number().int().nonnegative(), toMs: z.number().int(), after: valuePosition })
  .refine(({ fromMs, toMs }) => fromMs < toMs);

const maxStepSeconds = 10 * 365 * 86_400;

export const ContentTrend = z
  .object({
    ...answerHead,
    dimension,
    value: z.string(),
    stepSeconds: z.number().int(),
    tz: z.string(),
    steps: z.array(ContentTrendStep),
  })
  .meta({ id: 'ContentTrend' });

export const readContentTrendRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/content/{dimension}/{value}/trend',
  operationId: 'readContentTrend',
  remember: byRange,
  summary: 'How posts that have one value now were made and received, step by step, the empty steps too.',
  description: `Steps begin at whole multiples of \`stepSeconds\` since 1970; those of whole days at the days of \`tz\`, which have 23 or 25 hours where the clock changes. The first and the last count only what lies in the range. At most ${maxSteps} steps. \`excluded\` counts events on posts that have the value. Posts without a value cannot be named here.`,
  params: z.object({ dimension, value: z.string().min(1).max(256) }),
  query: z.object({
    ...rangeQuery,
    ...tzQuery,
    stepSeconds: z.number().int().min(1).max(maxStepSeconds).default(86_400),
  }),
  replies: {
    200: { description: 'All steps.', schema: ContentTrend },
    400: { description: `${emptyRangeReply.description}; too_many_steps: more than ${maxSteps}` },
    404: noValueReply,
  },
  answer: async (deps, { params, query }) => {
    const { tz, stepSeconds, ...asked } = query;
    const range = askedRange(asked, { nowMs: deps.now(), days: deps.limits.rangeDays });
    if (range === null) throw emptyRange();
    const steps = numberSteps(range, { stepSeconds, tz });
    if (steps.stepCount > maxSteps) throw tooManySteps(maxSteps, leastStepSeconds(range, tz, maxSteps));
    const trend = await readValueTrend(deps, { ...params, ...range, ...steps, tz });
    if (trend === null) throw noValue(params.dimension, params.value);
    const { items, asOf, excluded } = trend;
    const head = { from: timeOf(range.fromMs), to: timeOf(range.toMs), asOf, exact: true as const, excluded };
    return { status: 200, body: { ...head, ...params, stepSeconds, tz, steps: items } };
  },
});
