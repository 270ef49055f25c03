import { z } from 'zod';
import { timeSchema } from '../../query/times.ts';

const count = z.number().int().nonnegative();
const part = z.object({ counted: count, total: count });

export const AccountBody = z
  .object({
    accountId: z.string(),
    posts: count.meta({ description: 'Original posts.' }),
    shares: count.meta({ description: 'Share posts that are linked.' }),
    pending: count.meta({ description: 'Share posts that wait for their parent; in no other number here.' }),
    quarantined: count.meta({ description: 'Share posts that would have closed a ring; in no other number here.' }),
    cascades: z.object({
      started: count,
      shares: count.meta({ description: 'All shares in the cascades that the account started, whoever made them.' }),
    }),
    direct: count.meta({ description: 'Shares taken straight from a post of the account.' }),
    descendants: z
      .object({
        count,
        exact: z.boolean().meta({ description: 'Whether everything was counted; else `count` is a lower bound.' }),
        cascades: part.meta({
          description: 'Cascades of others in which shares of the account were shared on, counted and in all.',
        }),
        rule: z.string().meta({ description: 'What was counted, and how to get the rest.' }),
      })
      .meta({
        description: 'Distinct posts below any post of the account; one below two nested posts of it counts once.',
      }),
    hIndex: count.meta({
      description: 'The largest h so that h posts of the account have at least h direct shares each.',
    }),
    firstPostAt: timeSchema.nullable().meta({ description: 'Of its original posts and linked shares.' }),
    lastPostAt: timeSchema.nullable(),
    asOf: timeSchema,
  })
  .meta({ id: 'Account' });

export const SpreadItem = z
  .object({
    accountId: z.string(),
    hop: count.meta({ description: 'The fewest steps between a post of this account and one of the asked account.' }),
    shares: count.meta({ description: 'Posts of this account that were counted within the hops, each once.' }),
    firstAt: timeSchema,
    lastAt: timeSchema,
  })
  .meta({ id: 'SpreadAccount' });

/** What a list of accounts says of the walk that found them. */
export const SpreadWalk = z.object({
  hops: z.number().int().min(1).max(4),
  walked: z.object({
    posts: count.meta({ description: 'Linked posts of the account that the walk began at.' }),
    edges: count.meta({ description: 'Steps from a post to the one it was shared from, or back.' }),
    unknownAuthors: count.meta({ description: 'Posts met whose own event has not come: they are in no item.' }),
  }),
  complete: z.boolean().meta({ description: 'Whether the walk went everywhere within the hops.' }),
  leftOut: z.object({
    posts: count.meta({ description: 'Posts of the account that were not looked at.' }),
    edges: count.meta({ description: 'Steps that stood open; what lies behind them was not looked at either.' }),
  }),
  rule: z.string().meta({ description: 'What was counted, and what to ask for the rest.' }),
  asOf: timeSchema,
});

export type AccountBody = z.output<typeof AccountBody>;
export type SpreadItem = z.output<typeof SpreadItem>;
export type SpreadWalk = z.output<typeof SpreadWalk>;
