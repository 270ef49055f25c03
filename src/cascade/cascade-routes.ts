import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../http/list-body.ts';
import { route } from '../http/route.ts';
import { askedTime, epochMs, timeSchema } from '../query/times.ts';
import { CascadeItem } from './answers.ts';
import { compareCascadesRoute } from './compare/compare-routes.ts';
import { freezePostRoute } from './counterfactual/counterfactual-routes.ts';
import { cascadeSort } from './lists/find-cascades.ts';
import { cascadePosition, type ListDeps, listCascades } from './lists/list-cascades.ts';
import { listSharesRoute, listSpreadersRoute, listSubtreeRoute } from './lists/rank-routes.ts';
import { readPathRoute, readPostRoute } from './post-routes.ts';
import { readDepthsRoute, readTimeLineRoute, summarizeCascadeRoute } from './summary/summary-routes.ts';

const listTimes = {
  asOf: timeSchema,
  measuredAsOf: timeSchema.nullable().meta({ description: 'When cascades were last measured, null before that.' }),
  notMeasured: z.number().int().nonnegative().optional().meta({
    description:
      'With sort structuralVirality or velocity: how many of the total were never measured, and so come last.',
  }),
};

const listCascadesRoute = route<ListDeps>()({
  method: 'GET',
  path: '/v1/cascades',
  operationId: 'listCascades',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary:
    'Cascades by shares, depth, last share, virality or velocity, greatest first; ties by root post id in byte order.',
  query: z.object({
    ...listQuery,
    sort: cascadeSort.default('shares'),
    from: askedTime.optional().meta({ description: 'Only cascades whose root was created then or later.' }),
    to: askedTime.optional().meta({ description: 'Only cascades whose root was created before then.' }),
    minShares: z.number().int().nonnegative().default(0),
    authorId: z.string().min(1).max(300).optional().meta({ description: "The root's author, an account id." }),
    category: z.string().min(1).max(100).optional().meta({ description: "The category of the root's own content." }),
  }),
  replies: {
    200: {
      description: 'One page.',
      schema: listBody(CascadeItem).extend(listTimes).meta({ id: 'CascadeList' }),
    },
  },
  answer: async (deps, { query, url }) => {
    const { limit, cursor, ...search } = query;
    // The search is part of the list's name, so that a page is never continued under another order or filter.
    const list = `cascades ${JSON.stringify(search)}`;
    const { items, total, next, ...times } = await listCascades(deps, {
      sort: search.sort,
      fromMs: epochMs(search.from),
      toMs: epochMs(search.to),
      minShares: search.minShares,
      authorId: search.authorId ?? null,
      category: search.category ?? null,
      limit,
      after: readCursor(list, cascadePosition(search.sort), cursor) ?? null,
    });
    const reply = listReply(url, { list, items, total, next: next ?? undefined });
    return { ...reply, body: { ...reply.body, ...times } };
  },
});

/** All reads of this feature. */
export const cascadeRoutes = [
  readPostRoute,
  readPathRoute,
  listSharesRoute,
  listSubtreeRoute,
  listCascadesRoute,
  summarizeCascadeRoute,
  readDepthsRoute,
  readTimeLineRoute,
  listSpreadersRoute,
  freezePostRoute,
  compareCascadesRoute,
];
