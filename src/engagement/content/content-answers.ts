import { z } from 'zod';
import { timeSchema } from '../../query/times.ts';

const count = z.number().int().nonnegative();
const rate = z.number().nonnegative().nullable();

/** What content can be told apart by. */
export const dimension = z.enum(['categories', 'hashtags', 'effects', 'music', 'contentTypes']);

export const valueSort = z.enum(['views', 'postsCreated', 'engagementRate', 'completionRate']);

export const ContentValue = z
  .object({
    value: z.string().nullable().meta({ description: 'Null: posts that have no value of a dimension of one value.' }),
    postsCreated: count.meta({ description: 'Posts created in the range that have the value now.' }),
    creators: count.meta({ description: 'Their distinct authors.' }),
    adoptionRate: rate.meta({ description: 'postsCreated as a part of all posts created in the range.' }),
    impressions: count,
    views: count.meta({ description: 'Views of at least 3 seconds.' }),
    uniqueViewers: count,
    watchSeconds: z.number().nonnegative().meta({ description: 'Of the counted views.' }),
    avgWatchSeconds: rate.meta({ description: 'watchSeconds / views' }),
    completionRate: rate.meta({ description: 'The mean over the counted views that report how far they came.' }),
    likes: count.meta({ description: 'Likes that stand at the end of the range and began in it.' }),
    comments: count,
    shares: count,
    saves: count.meta({ description: 'Saves that stand at the end of the range and began in it.' }),
    engagementRate: rate.meta({ description: '(likes + comments + shares) / views' }),
    before: z
      .object({ views: count, postsCreated: count })
      .meta({ description: 'Of the period of the same length that ends where the range begins.' }),
    viewsGrowth: z.number().min(-1).nullable().meta({ description: 'views / before.views - 1' }),
  })
  .meta({ id: 'ContentValue' });

export const ContentTrendStep = z
  .object({
    at: timeSchema,
    postsCreated: count,
    views: count,
    completionRate: rate,
    engagementRate: rate,
  })
  .meta({ id: 'ContentTrendStep', description: 'One step from `at` on, as far as it lies in the range.' });

export type Dimension = z.output<typeof dimension>;
export type ContentValue = z.output<typeof ContentValue>;
export type ContentTrendStep = z.output<typeof ContentTrendStep>;
