import { z } from 'zod';
import { timeSchema } from '../query/times.ts';

const time = timeSchema;
const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);

/** A post as a step of a chain; a provisional root or a stub has no author and no time yet. */
const postReference = z.object({ postId: z.string(), authorId: z.string().nullable(), createdAt: time.nullable() });

export const PostBody = postReference
  .extend({
    kind: z.enum(['original', 'share']).nullable(),
    rootPostId: z.string().nullable(),
    parentPostId: z.string().nullable(),
    depth: count.nullable(),
    state: z.enum(['linked', 'pending', 'quarantined', 'stub']),
    root: postReference.nullable(),
    shares: z.object({ direct: count, total: count }),
    assumed: z.boolean().meta({ description: 'True for a root that is known only from its shares so far.' }),
    removedAt: time.nullable(),
    asOf: time,
  })
  .meta({ id: 'Post' });

export const PathBody = z
  .object({
    postId: z.string(),
    rootPostId: z.string(),
    depth: count,
    sharePath: z.string().meta({ description: 'Percent-encoded post ids from the root down, joined with "/".' }),
    path: z.array(postReference.extend({ depth: count, removedAt: time.nullable() })),
    asOf: time,
  })
  .meta({ id: 'SharePath' });

/** What a list and a summary both say of a cascade. */
const cascadeHead = z.object({
  rootPostId: z.string(),
  authorId: z.string().nullable(),
  createdAt: time.nullable(),
  size: count,
  shares: count,
  accounts: count,
  depth: count,
  lastShareAt: time.nullable(),
});

export const CascadeItem = cascadeHead
  .extend({
    structuralVirality: z.number().nullable().meta({ description: 'As last measured; null before that, and alone.' }),
    velocity: count.nullable().meta({ description: 'Shares in the hour up to the last one; as last measured.' }),
  })
  .meta({ id: 'CascadeItem' });

const storeShares = z.object({ shares: count.nullable(), asOf: time.nullable() });

export const CascadeStores = z
  .object({
    graph: storeShares,
    facts: storeShares,
    drift: z.number().int().nullable(),
    lastReconciledAt: time.nullable(),
  })
  .meta({ id: 'CascadeStores', description: 'The last comparison of graph and facts; nulls before the first one.' });

export const CascadePercentile = z
  .object({
    band: z.string().meta({ description: 'At least as many posts as the first number, and fewer than the second.' }),
    among: count.meta({ description: 'Measured cascades of the band, this one included; 0 where there are none yet.' }),
    depth: fraction.nullable(),
    maxBreadth: fraction.nullable(),
    structuralVirality: fraction.nullable(),
    asOf: time.nullable().meta({ description: 'When cascades were last measured, null before that.' }),
  })
  .meta({
    id: 'CascadePercentile',
    description:
      'The part of the cascades of the same size, this one included, that do not exceed it. It counts with its present values, the others as last measured.',
  });

export const CascadeSummary = cascadeHead
  .extend({
    meanDepth: z.number().nonnegative(),
    maxBreadth: count,
    depthHistogram: z.array(count),
    structuralVirality: z.number().nullable(),
    wienerIndex: z.string().meta({ description: 'An exact integer, as text because it can pass 2^53.' }),
    leafFraction: fraction,
    broadcastRatio: fraction.nullable(),
    largestBroadcast: z.object({ postId: z.string(), shares: count }),
    firstShareAt: time.nullable(),
    timeToDepth: z.array(z.object({ depth: count, at: time, afterMs: z.number().int().nullable() })),
    timeToSize: z.array(z.object({ size: count, at: time, afterMs: z.number().int().nullable() })),
    pending: count,
    percentile: CascadePercentile.nullable().meta({
      description: 'Null as of a time: others are known as they are now.',
    }),
    assumed: z.boolean(),
    removedAt: time.nullable(),
    stores: CascadeStores,
    at: time.nullable().meta({ description: 'The time that was asked for: everything but `stores` is as of then.' }),
    asOf: time,
  })
  .meta({ id: 'CascadeSummary' });

export const DepthItem = z
  .object({ depth: count, shares: count, accounts: count, firstAt: time })
  .meta({ id: 'CascadeDepth' });

export const CascadeTree = z
  .object({
    rootPostId: z.string(),
    nodes: count,
    edges: count,
    asOf: time,
    posts: z.array(
      z.object({
        postId: z.string(),
        parentPostId: z.string().nullable(),
        depth: count,
        accountId: z.string().nullable(),
        createdAt: time.nullable(),
        weight: z.number().nonnegative(),
      }),
    ),
  })
  .meta({ id: 'CascadeTree' });

export const TimeLineItem = z.object({ at: time, shares: count, cumulative: count, maxDepth: count }).meta({
  id: 'TimeLineStep',
  description: 'One step from `at` on; `cumulative` and `maxDepth` are those of its end.',
});

/** A post below another, with the shares that it got itself. */
const sharedPost = postReference.extend({ depth: count, direct: count, descendants: count });

export const ShareItem = sharedPost.meta({ id: 'DirectShare' });

export const SubtreeItem = sharedPost
  .extend({
    parentPostId: z.string().nullable(),
    collapsed: z
      .object({ shares: count, posts: count })
      .meta({ description: 'Direct shares, and posts in all, that are below it and not on this page.' }),
  })
  .meta({ id: 'SubtreePost' });

/** What a post or an account carried; `firstHour` counts posts below made within an hour of the root. */
const carried = { direct: count, descendants: count, fraction, shapley: z.number(), firstHour: count };

export const PostSpreader = z
  .object({
    postId: z.string(),
    accountId: z.string().nullable(),
    depth: count,
    createdAt: time.nullable(),
    ...carried,
    betweenness: z.number().nonnegative(),
  })
  .meta({ id: 'PostSpreader' });

export const AccountSpreader = z
  .object({ accountId: z.string(), posts: count, ...carried })
  .meta({ id: 'AccountSpreader', description: 'All posts of an account; below two nested ones a share counts once.' });

const interval = z.object({ lower: count, upper: count });

/** What a freeze at one time would have prevented. */
const frozen = {
  prevented: interval.extend({ lowest: count }),
  viewers: interval.nullable().meta({
    description: 'Who saw only what would be gone, and who saw any of it; null where the views are too many to read.',
  }),
};

export const FreezeBody = z
  .object({
    rootPostId: z.string(),
    postId: z.string(),
    mode: z.enum(['node', 'subtree']),
    at: time,
    ...frozen,
    curve: z.array(z.object({ delaySeconds: count, at: time, ...frozen })),
    exposures: z.object({ posts: count, views: count.nullable() }).meta({
      description: 'What the lower bounds know of: posts of the cascade, and first views of each post by each account.',
    }),
    asOf: time,
  })
  .meta({ id: 'Counterfactual' });

const met = z.object({ at: time, afterMs: z.number().int() });
const overlaid = { left: count, right: count };

export const ComparisonBody = z
  .object({
    left: CascadeSummary,
    right: CascadeSummary,
    sharedAccounts: z.object({
      total: count,
      earlyInBoth: count,
      shown: count,
      rule: z.string(),
      items: z.array(
        z
          .object({ accountId: z.string(), left: met, right: met, earlyInBoth: z.boolean() })
          .meta({ id: 'SharedAccount' }),
      ),
    }),
    overlays: z.object({
      growth: z
        .array(z.object({ afterMs: count, ...overlaid }))
        .meta({ description: 'Shares so long after each root.' }),
      depth: z.array(z.object({ depth: count, ...overlaid })).meta({ description: 'Posts at each depth.' }),
    }),
  })
  .meta({ id: 'CascadeComparison' });

export type ComparisonBody = z.output<typeof ComparisonBody>;
export type FreezeBody = z.output<typeof FreezeBody>;
export type TimeLineItem = z.output<typeof TimeLineItem>;
export type ShareItem = z.output<typeof ShareItem>;
export type SubtreeItem = z.output<typeof SubtreeItem>;
export type PostSpreader = z.output<typeof PostSpreader>;
export type AccountSpreader = z.output<typeof AccountSpreader>;
export type PostBody = z.output<typeof PostBody>;
export type PathBody = z.output<typeof PathBody>;
export type CascadeItem = z.output<typeof CascadeItem>;
export type CascadePercentile = z.output<typeof CascadePercentile>;
export type CascadeStores = z.output<typeof CascadeStores>;
export type CascadeSummary = z.output<typeof CascadeSummary>;
export type DepthItem = z.output<typeof DepthItem>;

/** Times leave the service in one spelling: UTC with milliseconds. */
