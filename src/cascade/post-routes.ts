import { z } from 'zod';
import { problem } from '../http/problem.ts';
import { route } from '../http/route.ts';
import { PathBody, PostBody } from './answers.ts';
import { type PathDeps, type PathOutcome, readPath } from './read-path.ts';
import { type PostDeps, readPost } from './read-post.ts';

const params = z.object({ postId: z.string().min(1).max(128) });

export const readPostRoute = route<PostDeps>()({
  method: 'GET',
  path: '/v1/posts/{postId}',
  operationId: 'readPost',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'One post: its author, its place in its cascade, and how often it was shared.',
  params,
  replies: {
    200: {
      description: 'The post; a post known only as the parent of others has `state` stub and nulls.',
      schema: PostBody,
    },
    404: { description: 'post_not_found' },
  },
  answer: async (deps, input) => {
    const post = await readPost(deps, input.params.postId);
    if (post === null) throw postNotFound(input.params.postId);
    return { status: 200, body: post };
  },
});

export const readPathRoute = route<PathDeps>()({
  method: 'GET',
  path: '/v1/posts/{postId}/path',
  operationId: 'readPath',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'The exact chain of posts from the root down to this one.',
  params,
  replies: {
    200: { description: 'Root first.', schema: PathBody },
    404: { description: 'post_not_found' },
    409: { description: 'post_pending, with the `missingParentPostId` that it waits for; or post_quarantined' },
  },
  answer: async (deps, input) => {
    const outcome = await readPath(deps, input.params.postId);
    if (outcome.kind !== 'found') throw noPath(input.params.postId, outcome);
    return { status: 200, body: outcome.path };
  },
});

function postNotFound(postId: string) {
  return problem(404, 'post_not_found', `There is no post "${postId}".`);
}

function noPath(postId: string, outcome: Exclude<PathOutcome, { kind: 'found' }>) {
  switch (outcome.kind) {
    case 'unknown':
      return postNotFound(postId);
    case 'pending': {
      const { missingParentPostId } = outcome;
      return problem(409, 'post_pending', `"${postId}" waits for "${missingParentPostId}", which has not come yet.`, {
        members: { postId, missingParentPostId },
      });
    }
    case 'quarantined':
      return problem(409, 'post_quarantined', `"${postId}" would have closed a ring of shares, so it has no path.`, {
        members: { postId, parentPostId: outcome.parentPostId },
      });
  }
}
