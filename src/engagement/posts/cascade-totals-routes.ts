import { z } from 'zod';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { CascadeEngagement } from './post-answers.ts';
import { readCascadeTotals } from './read-cascade-totals.ts';

export const readCascadeEngagementRoute = route<EngagementDeps>()({
  method: 'GET',
  scope: 'engagement:read',
  tags: ['engagement'],
  path: '/v1/cascades/{rootPostId}/engagement',
  operationId: 'readCascadeEngagement',
  summary: 'What all posts of a cascade received, in all.',
  description:
    'Summed from what the tally counted of each post by day, so that a cascade of a million shares is answered as well. Steps, ranges, people and scores: `GET /v1/posts/{postId}/engagement?scope=cascade`.',
  params: z.object({ rootPostId: z.string().min(1).max(128) }),
  replies: {
    200: { description: 'The totals.', schema: CascadeEngagement },
    404: { description: 'not_a_root, with the true `rootPostId`; or cascade_not_found' },
  },
  answer: async (deps, { params: { rootPostId } }) => {
    const outcome = await readCascadeTotals(deps, rootPostId);
    switch (outcome.kind) {
      case 'found':
        return { status: 200, body: outcome.answer };
      case 'not_a_root': {
        const members = { rootPostId: outcome.rootPostId };
        const detail = `"${rootPostId}" is a share in the cascade of "${outcome.rootPostId}".`;
        throw problem(404, 'not_a_root', detail, { members });
      }
      case 'not_found':
        throw problem(404, 'cascade_not_found', `There is no cascade of "${rootPostId}" yet.`);
    }
  },
});
