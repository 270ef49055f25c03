import { z } from 'zod';

const count = z.number().int().nonnegative();

export const TrendingPost = z
  .object({
    postId: z.string(),
    authorId: z.string().nullable().meta({ description: 'Null where only the engagement of the post is known.' }),
    category: z.string().nullable(),
    views: count,
    engagementScore: z.number().nonnegative(),
    avgCompletion: z.number().min(0).max(1).nullable(),
    status: z.enum(['viral', 'trending', 'normal']),
    ratioToBaseline: z.number().nonnegative().nullable().meta({
      description:
        "The window's weighted engagement, without recency and boost, to that of a post of the creator in as long a time over the 30 days before, or of the category where the creator has no such past; null where neither has.",
    }),
  })
  .meta({ id: 'TrendingPost' });

export type TrendingPost = z.output<typeof TrendingPost>;
