import { z } from 'zod';
import { measured } from '../fields/number-fields.ts';
import { id, label, line, lines } from '../fields/text-fields.ts';
import { entry } from './entry.ts';

const community = z.strictObject({
  communityId: id,
  postId: id.optional(),
  postAuthor: id.optional(),
  category: label.optional(),
});

const communityMeaning = { category: 'user_action', graph: 'none', facts: 'community', data: community } as const;

export const systemEvents = {
  community_created: entry({ ...communityMeaning, summary: 'A community was founded.' }),
  community_join: entry({ ...communityMeaning, summary: 'A person joined a community.' }),
  community_leave: entry({ ...communityMeaning, summary: 'A person left a community.' }),
  community_post: entry({
    ...communityMeaning,
    summary: 'A post was put into a community; the post itself comes as `post_created`.',
  }),
  topic_defined: entry({
    category: 'system',
    summary: 'A topic and its place below another one.',
    graph: 'none',
    facts: 'topic',
    data: z.strictObject({
      topicId: id,
      name: label,
      category: label.optional(),
      parentTopicId: id.optional(),
      keywords: z.array(label).max(100).optional(),
    }),
  }),
  experiment_exposed: entry({
    category: 'system',
    summary: 'A person met one variant of an experiment.',
    graph: 'none',
    facts: 'experiment',
    data: z.strictObject({ experimentId: id, variant: label }),
  }),
  error_occurred: entry({
    category: 'error',
    summary: 'Something failed in a client or a service.',
    graph: 'none',
    facts: 'error',
    userId: 'optional',
    data: z.strictObject({
      type: label,
      messageHash: line(128).optional(),
      message: lines(500).optional(),
      stackHash: line(128).optional(),
      severity: z.enum(['low', 'medium', 'high', 'critical']),
      category: label.optional(),
    }),
  }),
  performance_metric: entry({
    category: 'performance',
    summary: 'One measured value.',
    graph: 'none',
    facts: 'performance',
    userId: 'optional',
    data: z.strictObject({ name: label, value: measured, unit: z.enum(['ms', 'bytes', 'count', 'percentage']) }),
  }),
};
