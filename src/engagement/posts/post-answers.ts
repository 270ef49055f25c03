import { z } from 'zod';
import { timeSchema } from '../../query/times.ts';
import { answerHead } from '../asked/asked-range.ts';

const count = z.number().int().nonnegative();
const rate = z.number().nonnegative().nullable();

const counts = {
  impressions: count.meta({ description: 'All post_view events, however short.' }),
  views: count.meta({ description: 'Those of 3 seconds or more.' }),
  uniqueViewers: count,
  likes: count.meta({ description: 'Standing ones, at the time their run of likes began.' }),
  comments: count,
  shares: count,
  saves: count.meta({ description: 'Standing ones, like likes.' }),
  remixes: count,
  watchSeconds: z.number().nonnegative(),
  completionRate: rate.meta({ description: 'Mean completion of the views that report it.' }),
};

const EngagementStep = z.object({ at: timeSchema, ...counts }).meta({ id: 'EngagementStep' });

export const PostEngagement = z
  .object({
    postId: z.string(),
    scope: z.enum(['post', 'cascade']),
    rootPostId: z.string().nullable().meta({ description: 'Null until the post is linked.' }),
    authorId: z.string().nullable(),
    ...answerHead,
    tz: z.string(),
    ...counts,
    avgWatchSeconds: rate,
    engagementRate: rate.meta({ description: '(likes + comments + shares) / views' }),
    viralCoefficient: rate.meta({ description: 'shares / views' }),
    sharesToViews: rate,
    commentsToViews: rate,
    engagementScore: z.number().nonnegative(),
    qualityScore: rate,
    viralityScore: rate.meta({
      description:
        'log2(1 + shares of the whole cascade) x its structural virality as last measured; null before that.',
    }),
    topCountries: z.array(z.object({ countryCode: z.string(), views: count })),
    countries: count.meta({ description: 'From how many countries there were views; the ten with most are shown.' }),
    stepSeconds: count,
    series: z.array(EngagementStep),
  })
  .meta({ id: 'PostEngagement' });

export type PostEngagement = z.output<typeof PostEngagement>;
export type EngagementStep = z.output<typeof EngagementStep>;

/** People cannot be summed, and a remix is a post of its own. */
const summed = z.object(counts).omit({ uniqueViewers: true, remixes: true });

export const CascadeEngagement = z
  .object({
    rootPostId: z.string(),
    asOf: answerHead.asOf,
    exact: answerHead.exact,
    final: z.boolean().meta({
      description: 'Whether single events of some of its days have expired: what was counted of those stays as it is.',
    }),
    posts: count.meta({ description: 'The root and all its shares.' }),
    ...summed.shape,
    engagementRate: rate.meta({ description: '(likes + comments + shares) / views' }),
  })
  .meta({ id: 'CascadeEngagement' });

export type CascadeEngagement = z.output<typeof CascadeEngagement>;

const phase = z.enum(['growth', 'peak', 'decay']);

export const PostLifeCycle = z
  .object({
    postId: z.string(),
    ...answerHead,
    tz: z.string(),
    stepSeconds: count,
    engagements: count.meta({ description: 'Counted views, likes, saves, comments and shares.' }),
    peak: z
      .object({ at: timeSchema, engagementsPerHour: z.number().nonnegative() })
      .nullable()
      .meta({ description: 'The step in which the smoothed rate is greatest, the first of equals; null for none.' }),
    phases: z.array(z.object({ phase, from: timeSchema, to: timeSchema, engagements: count })),
    halfLifeSeconds: z.number().nonnegative().nullable().meta({
      description: 'From the start of the peak until half of what was still to come had come, in whole steps.',
    }),
  })
  .meta({ id: 'PostLifeCycle' });

export type PostLifeCycle = z.output<typeof PostLifeCycle>;
