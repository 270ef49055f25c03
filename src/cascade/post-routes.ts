import { z } from 'zod';
import { route } from '../http/route.ts';
import { PathBody, PostBody } from './answers.ts';
import { noPost, noPostReplies, postNotFound } from './cascade-problems.ts';
import { type PathDeps, readPath } from './read-path.ts';
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
    ...noPostReplies,
  },
  answer: async (deps, input) => {
    const outcome = await readPath(deps, input.params.postId);
    if (outcome.kind !== 'found') throw noPost(input.params.postId, outcome);
    return { status: 200, body: outcome.path };
  },
});
