import { z } from 'zod';
import { listBody, listQuery, listReply, readCursor } from '../http/list-body.ts';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { CascadeItem, CascadeSummary, DepthItem, timeSchema } from './answers.ts';
import type { NoCascade, RootDeps } from './find-root.ts';
import { cascadeSort } from './list/find-cascades.ts';
import { cascadePosition, type ListDeps, listCascades } from './list/list-cascades.ts';
import { readPathRoute, readPostRoute } from './post-routes.ts';
import { readDepths } from './read-depths.ts';
import { summarizeCascade } from './summary/summarize-cascade.ts';

const params = z.object({ rootPostId: z.string().min(1).max(128) });
const noCascadeReply = { description: 'not_a_root, with the true `rootPostId`; or cascade_not_found, with `pending`' };
const askedTime = z.iso.datetime({ offset: true });

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

const summarizeCascadeRoute = route<RootDeps>()({
  method: 'GET',
  path: '/v1/cascades/{rootPostId}',
  operationId: 'summarizeCascade',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary: 'The whole shape of one cascade, and whether the stores agree on it.',
  params,
  replies: { 200: { description: 'The summary.', schema: CascadeSummary }, 404: noCascadeReply },
  answer: async (deps, input) => {
    const { rootPostId } = input.params;
    const outcome = await summarizeCascade(deps, rootPostId);
    if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
    return { status: 200, body: outcome.summary };
  },
});

const readDepthsRoute = route<RootDeps>()({
  method: 'GET',
  path: '/v1/cascades/{rootPostId}/depths',
  operationId: 'readDepths',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary: 'Every depth of one cascade from 1 on: shares, distinct accounts, first share. Never paged.',
  params,
  replies: {
    200: {
      description: 'All depths.',
      schema: listBody(DepthItem).extend({ asOf: timeSchema }).meta({ id: 'CascadeDepths' }),
    },
    404: noCascadeReply,
  },
  answer: async (deps, input) => {
    const { rootPostId } = input.params;
    const outcome = await readDepths(deps, rootPostId);
    if (outcome.kind !== 'found') throw noCascade(rootPostId, outcome);
    const { depths, asOf } = outcome;
    return { status: 200, body: { items: depths, next: null, shown: depths.length, total: depths.length, asOf } };
  },
});

function noCascade(asked: string, outcome: NoCascade) {
  if (outcome.kind === 'not_a_root') {
    const { rootPostId } = outcome;
    const detail = `"${asked}" is a share in the cascade of "${rootPostId}".`;
    return problem(404, 'not_a_root', detail, { members: { rootPostId } });
  }
  return problem(404, 'cascade_not_found', `There is no cascade of "${asked}" yet.`, {
    members: { pending: outcome.pending },
  });
}

function epochMs(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}

/** All reads of this feature. */
export const cascadeRoutes = [readPostRoute, readPathRoute, listCascadesRoute, summarizeCascadeRoute, readDepthsRoute];
