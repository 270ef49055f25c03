import { z } from 'zod';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { askedMoment, epochMs } from '../../query/times.ts';
import { FreezeBody } from '../answers.ts';
import { noPost, noPostReplies } from '../cascade-problems.ts';
import { type FreezeDeps, freezePost } from './freeze-post.ts';

export const freezePostRoute = route<FreezeDeps>()({
  method: 'GET',
  path: '/v1/cascades/{rootPostId}/counterfactual',
  operationId: 'freezePost',
  scope: 'cascades:read',
  tags: ['cascades'],
  summary: 'What stopping one post would have prevented: an interval, never one number, and how it shrinks with delay.',
  description:
    '`upper` counts all shares that hang on the frozen post: with `mode=node` the whole subtrees of its direct shares made at that time or later, with `mode=subtree` every post in its subtree made then or later. `lower` leaves out those whose account had met the cascade elsewhere before (its own earlier post, or a view of a post that is not removed); `lowest` leaves out what was shared from such a share as well.',
  params: z.object({ rootPostId: z.string().min(1).max(128) }),
  query: z.object({
    postId: z.string().min(1).max(128),
    at: askedMoment.optional().meta({ description: "When it is frozen; the post's own time without." }),
    mode: z.enum(['node', 'subtree']).default('node'),
  }),
  replies: {
    200: { description: 'The interval, the viewers behind it and the curve over delays.', schema: FreezeBody },
    404: { description: 'post_not_found; or not_in_cascade, with the true `rootPostId`' },
    409: noPostReplies[409],
  },
  answer: async (deps, { params: { rootPostId }, query: { postId, at, mode } }) => {
    const outcome = await freezePost(deps, { rootPostId, postId, mode, atMs: epochMs(at) });
    if (outcome.kind === 'elsewhere') throw notInCascade(postId, outcome.rootPostId);
    if (outcome.kind !== 'found') throw noPost(postId, outcome);
    return { status: 200, body: outcome.body };
  },
});

function notInCascade(postId: string, rootPostId: string) {
  const detail = `"${postId}" is a post in the cascade of "${rootPostId}".`;
  return problem(404, 'not_in_cascade', detail, { members: { rootPostId } });
}
