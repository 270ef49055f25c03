import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';

const ms = z.number().int();
const whole = z.number().int().nonnegative();

export const countReceivedStatement = statement('clickhouse/engagement/creators/count-received.sql', {
  params: z.object({
    accountId: z.string(),
    fromMs: ms,
    toMs: ms,
    dayStartsMs: z.array(ms),
    viewFromMs: whole,
    shareWeight: whole,
    saveWeight: whole,
    commentWeight: whole,
    likeWeight: whole,
    viewWeight: whole,
    lookBackDays: whole,
    trendingTimes: whole,
    shownPosts: whole,
  }),
  row: z.object({
    dayMs: ms,
    views: whole,
    likes: whole,
    saves: whole,
    comments: whole,
    shares: whole,
    trendingPosts: whole,
    trendingPostIds: z.array(z.string()),
  }),
});

export type Received = z.output<typeof countReceivedStatement.row>;

type Asked = { accountId: string; fromMs: number; toMs: number; dayStartsMs: number[]; shownPosts: number };

export async function countReceived({ facts }: Pick<EngagementDeps, 'facts'>, asked: Asked): Promise<Received[]> {
  const { weights, viewFromMs, lookBackDays, trendingTimes } = engagementRules;
  return facts.select(countReceivedStatement, {
    ...asked,
    viewFromMs,
    lookBackDays,
    trendingTimes,
    shareWeight: weights.share,
    saveWeight: weights.save,
    commentWeight: weights.comment,
    likeWeight: weights.like,
    viewWeight: weights.view,
  });
}
