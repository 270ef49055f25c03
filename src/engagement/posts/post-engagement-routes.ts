import { z } from 'zod';
import type { ProblemError } from '../../http/problem.ts';
import { problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { rangeQuery, tzQuery } from '../asked/asked-range.ts';
import { maxSteps } from '../asked/steps.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { emptyRange, emptyRangeReply, tooManySteps } from '../engagement-problems.ts';
import { describeLifeCycle, describePost } from './describe-post.ts';
import { PostEngagement, PostLifeCycle } from './post-answers.ts';

const maxStepSeconds = 10 * 365 * 86_400;

const params = z.object({ postId: z.string().min(1).max(128) });
const query = z.object({
  ...rangeQuery,
  ...tzQuery,
  stepSeconds: z
    .number()
    .int()
    .min(1)
    .max(maxStepSeconds)
    .optional()
    .meta({
      description: `The step of the series, of which there are at most ${maxSteps}. Whole days are days of \`tz\`.`,
    }),
  scope: z
    .enum(['post', 'cascade'])
    .default('post')
    .meta({ description: 'The post alone, or all posts of its cascade.' }),
});
const described = { method: 'GET', scope: 'engagement:read', tags: ['engagement'], params, query } as const;
const replies = {
  400: { description: `${emptyRangeReply.description}; or too_many_steps` },
  404: { description: 'post_not_found: nobody made such a post, nor met it' },
};

export const readPostEngagementRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/posts/{postId}/engagement',
  operationId: 'readPostEngagement',
  summary: 'How a post was received, in all and by steps of time.',
  description:
    'A view counts from 3 seconds. A like or a save is a state of a person and a post: a standing one counts when its run began. Without `from` it is told from the first engagement on, without `to` up to now.',
  replies: { 200: { description: 'The engagement.', schema: PostEngagement }, ...replies },
  answer: async (deps, { params: { postId }, query: asked }) => {
    const outcome = await describePost(deps, { postId, ...asked });
    if (outcome.kind !== 'found') throw noAnswer(postId, outcome);
    return { status: 200, body: outcome.answer };
  },
});

export const readLifeCycleRoute = route<EngagementDeps>()({
  ...described,
  path: '/v1/posts/{postId}/lifecycle',
  operationId: 'readLifeCycle',
  summary: 'Growth, peak and decay of a post, and how long half of it took.',
  description:
    'Steps are smoothed over three. Growth lasts until the greatest rate, the peak while the rate is at least half of that, decay from there on. Without `to` it ends with the last engagement.',
  replies: { 200: { description: 'The life cycle.', schema: PostLifeCycle }, ...replies },
  answer: async (deps, { params: { postId }, query: asked }) => {
    const outcome = await describeLifeCycle(deps, { postId, ...asked });
    if (outcome.kind !== 'found') throw noAnswer(postId, outcome);
    return { status: 200, body: outcome.answer };
  },
});

type NoAnswer = Exclude<Awaited<ReturnType<typeof describePost>>, { kind: 'found' }>;

function noAnswer(postId: string, outcome: NoAnswer): ProblemError {
  if (outcome.kind === 'not_found') return problem(404, 'post_not_found', `There is no post "${postId}".`);
  if (outcome.kind === 'empty_range') return emptyRange();
  return tooManySteps(maxSteps, outcome.leastSeconds);
}
