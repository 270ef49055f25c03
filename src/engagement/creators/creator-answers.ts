import { z } from 'zod';
import { timeSchema } from '../../query/times.ts';
import { answerHead } from '../asked/asked-range.ts';
import { Tier } from './tier-of.ts';

const count = z.number().int().nonnegative();
const rate = z.number().nonnegative().nullable();

/** As many posts of a day are named; how many there are is said beside them. */
export const shownPosts = 20;

const CreatorDay = z
  .object({
    day: z.iso.date().meta({ description: 'The day of the time zone that was asked for.' }),
    contentPosted: count.meta({ description: 'Posts created.' }),
    views: count,
    engagements: count.meta({ description: 'Standing likes, comments, shares and saves received.' }),
    newFollowers: count.meta({ description: 'Who began to follow that day.' }),
    followerChurn: count.meta({ description: 'Who ceased to follow that day.' }),
    engagementRate: rate.meta({ description: 'Likes, comments and shares for each view; null without views.' }),
    trendingPosts: count,
    trendingPostIds: z
      .array(z.string())
      .max(shownPosts)
      .meta({ description: `The first ${shownPosts} of the \`trendingPosts\` in byte order.` }),
  })
  .meta({ id: 'CreatorDay' });
export type CreatorDay = z.output<typeof CreatorDay>;

const TierChange = z
  .object({
    at: timeSchema.meta({ description: 'When the tier was judged: `from`, else the end of the day, at most `to`.' }),
    day: z.iso.date().meta({ description: 'The day at whose end it was.' }),
    tier: Tier,
  })
  .meta({ id: 'TierChange' });
export type TierChange = z.output<typeof TierChange>;

export const CreatorAnalytics = z
  .object({
    ...answerHead,
    accountId: z.string(),
    tz: z.string(),
    tier: Tier.meta({ description: 'At `to`.' }),
    followers: count.meta({ description: 'At `to`.' }),
    consistency: z.number().min(0).max(1).meta({ description: 'At `to`: days with a post among the last 30.' }),
    tierHistory: z.array(TierChange),
    days: z.array(CreatorDay),
  })
  .meta({ id: 'CreatorAnalytics' });
export type CreatorAnalytics = z.output<typeof CreatorAnalytics>;

const TierItem = z
  .object({
    tier: Tier,
    creators: count.meta({ description: 'Creators of this tier at `to`.' }),
    avgDailyViews: rate,
    avgEngagementRate: rate.meta({ description: 'Over the creators that have one.' }),
    avgNetFollowerGrowth: z.number().nullable().meta({ description: 'Followers won less followers lost, a day.' }),
  })
  .meta({ id: 'CreatorTier' });
export type TierItem = z.output<typeof TierItem>;

export const CreatorTiers = z.object({ ...answerHead, tiers: z.array(TierItem) }).meta({ id: 'CreatorTiers' });
