import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { AskedRange } from '../asked/asked-range.ts';
import { scoreParams, scoreValues } from '../score-params.ts';

export const readEngagementStatement = statement('clickhouse/engagement/posts/read-engagement.sql', {
  params: z.object({
    postId: z.string(),
    rootId: z.string(),
    fromMs: z.number(),
    toMs: z.number(),
    stepSeconds: z.number(),
    tz: z.string(),
    ...scoreParams.shape,
  }),
  row: z.object({
    isTotal: z.number(),
    startMs: z.number(),
    impressions: z.number(),
    views: z.number(),
    uniqueViewers: z.number(),
    likes: z.number(),
    saves: z.number(),
    comments: z.number(),
    shares: z.number(),
    remixes: z.number(),
    watchMs: z.number(),
    completionMillionths: z.number(),
    completions: z.number(),
    score: z.number(),
    countries: z.record(z.string(), z.number()),
    excludedEvents: z.number(),
    excludedAccounts: z.number(),
  }),
});

export type Received = z.output<typeof readEngagementStatement.row>;

type Deps = { facts: Pick<Facts, 'select'> };

/** `rootId`: of the cascade all of whose posts are summed; null for the post alone. */
export type EngagementQuestion = AskedRange & {
  postId: string;
  rootId: string | null;
  stepSeconds: number;
  tz: string;
};

/** What was received in a range, whole and by steps; steps in which nothing was are not among them. */
export async function readEngagement(
  { facts }: Deps,
  { rootId, ...question }: EngagementQuestion,
): Promise<{ whole: Received; steps: ReadonlyMap<number, Received> }> {
  const rows = await facts.select(readEngagementStatement, { ...question, rootId: rootId ?? '', ...scoreValues });
  const whole = rows.find(({ isTotal }) => isTotal === 1) ?? nothingReceived;
  return { whole, steps: new Map(rows.filter(({ isTotal }) => isTotal === 0).map((row) => [row.startMs, row])) };
}

export const nothingReceived: Received = {
  isTotal: 0,
  startMs: 0,
  impressions: 0,
  views: 0,
  uniqueViewers: 0,
  likes: 0,
  saves: 0,
  comments: 0,
  shares: 0,
  remixes: 0,
  watchMs: 0,
  completionMillionths: 0,
  completions: 0,
  score: 0,
  countries: {},
  excludedEvents: 0,
  excludedAccounts: 0,
};
