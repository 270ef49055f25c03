import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../../http/list-body.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { askedMoment, epochMs, timeSchema } from '../../query/times.ts';
import { CascadeSummary, DepthItem, TimeLineItem } from '../answers.ts';
import { atQuery } from '../at-query.ts';
import { noCascade, noCascadeReply } from '../cascade-problems.ts';
import type { RootDeps } from '../find-root.ts';
import { readDepths } from './read-depths.ts';
import { readTimeLine } from './read-time-line.ts';
import { type SummaryDeps, summarizeCascade } from './summarize-cascade.ts';

const params = z.object({ rootPostId: z.string().min(1).max(128) });
const described = { method: 'GET', scope: 'cascades:read', tags: ['cascades'] } as const;

export const summarizeCascadeRoute = route<SummaryDeps>()({
  ...described,
  path: '/v1/cascades/{rootPostId}',
  operationId: 'summarizeCascade',
  summary: 'The whole shape of one cascade, and whether the stores agree on it.',
  params,
  query: z.object(atQuery),
  replies: { 200: { description: 'The summary.', schema: CascadeSummary }, 404: noCascadeReply },
  answer: async (deps, { params: { rootPostId }, query }) => {
    const outcome = await summarizeCascade(deps, rootPostId, epochMs(query.at));
    if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
    return { status: 200, body: outcome.summary };
  },
});

export const readDepthsRoute = route<RootDeps>()({
  ...described,
  path: '/v1/cascades/{rootPostId}/depths',
  operationId: 'readDepths',
  summary: 'Every depth of one cascade from 1 on: shares, distinct accounts, first share. Never paged.',
  params,
  query: z.object(atQuery),
  replies: {
    200: {
      description: 'All depths.',
      schema: listBody(DepthItem).extend({ asOf: timeSchema }).meta({ id: 'CascadeDepths' }),
    },
    404: noCascadeReply,
  },
  answer: async (deps, { params: { rootPostId }, query }) => {
    const outcome = await readDepths(deps, rootPostId, epochMs(query.at));
    if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
    const { depths, asOf } = outcome;
    return { status: 200, body: { items: depths, next: null, shown: depths.length, total: depths.length, asOf } };
  },
});

const Position = z.object({ skip: z.number().int().nonnegative(), stepMs: z.number().int().positive() });
const maxStepSeconds = 10 * 365 * 86_400;

export const readTimeLineRoute = route<RootDeps>()({
  ...described,
  path: '/v1/cascades/{rootPostId}/timeline',
  operationId: 'readTimeLine',
  summary: 'The shares of one cascade in equal steps of time, by their own times, the empty steps too.',
  description:
    'Steps begin at whole multiples of `stepSeconds` since 1970. Without `stepSeconds` it is the least usual one with which the whole fits on one page; without `from` and `to` the steps lead from the first share to the last.',
  params,
  query: z.object({
    ...listQuery,
    stepSeconds: z.number().int().min(1).max(maxStepSeconds).optional(),
    from: askedMoment.optional().meta({ description: 'Shares made then or later.' }),
    to: askedMoment.optional().meta({ description: 'Shares made before then.' }),
  }),
  replies: {
    200: {
      description: 'One page.',
      schema: listBody(TimeLineItem)
        .extend({ stepSeconds: z.number().int(), asOf: timeSchema })
        .meta({ id: 'CascadeTimeLine' }),
    },
    400: { description: 'empty_range: `to` is not after `from`' },
    404: noCascadeReply,
  },
  answer: async (deps, { params: { rootPostId }, query, url }) => {
    const { limit, cursor, ...search } = query;
    const list = `timeline ${rootPostId} ${JSON.stringify(search)}`;
    const position = readCursor(list, Position, cursor);
    const range = { fromMs: epochMs(search.from), toMs: epochMs(search.to) };
    if (range.fromMs !== null && range.toMs !== null && range.toMs <= range.fromMs) throw emptyRange();
    const skip = position?.skip ?? 0;
    const askedMs = search.stepSeconds === undefined ? null : search.stepSeconds * 1000;
    const stepMs = position?.stepMs ?? askedMs;
    const outcome = await readTimeLine(deps, rootPostId, { ...range, stepMs, fit: limit, skip, take: limit });
    if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
    const { items, total, stepSeconds, asOf } = outcome;
    const isLast = skip + items.length >= total;
    const next = isLast ? undefined : { skip: skip + items.length, stepMs: stepSeconds * 1000 };
    const reply = listReply(url, { list, items, total, next });
    return { ...reply, body: { ...reply.body, stepSeconds, asOf } };
  },
});

function emptyRange() {
  const message = '`to` must be after `from`.';
  return problem(400, 'empty_range', message, { errors: [{ pointer: '/query/to', code: 'empty_range', message }] });
}
