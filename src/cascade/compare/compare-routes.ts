import { z } from 'zod';
import { route } from '../../http/route.ts';
import { ComparisonBody } from '../answers.ts';
import { noCascade, noCascadeReply } from '../cascade-problems.ts';
import type { SummaryDeps } from '../summary/summarize-cascade.ts';
import { compareCascades } from './compare-cascades.ts';

const rootPostId = z.string().min(1).max(128);

export const compareCascadesRoute = route<SummaryDeps>()({
  method: 'GET',
  path: '/v1/cascades/{rootPostId}/compare/{otherRootPostId}',
  operationId: 'compareCascades',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary: 'Two cascades side by side: both summaries, who posted in both and was early in both, growth and depths.',
  params: z.object({ rootPostId, otherRootPostId: rootPostId }),
  query: z.object({
    limit: z.number().int().min(1).max(1000).default(50).meta({ description: 'Accounts that are named.' }),
  }),
  replies: { 200: { description: 'The comparison.', schema: ComparisonBody }, 404: noCascadeReply },
  answer: async (deps, { params, query: { limit } }) => {
    const outcome = await compareCascades(deps, [params.rootPostId, params.otherRootPostId], limit);
    if (outcome.kind === 'missing') throw noCascade(outcome.asked, outcome.reason);
    return { status: 200, body: outcome.comparison };
  },
});
