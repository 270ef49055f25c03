import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import { countExcluded } from '../asked/count-excluded.ts';
import { findBoosts } from '../creators/find-boosts.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import { roundScore, scoreParams, scoreValues } from '../score-params.ts';
import type { TrendingPost } from './trending-answers.ts';

export const listTrendingStatement = statement('clickhouse/engagement/trending/list-trending.sql', {
  params: z.object({
    fromMs: z.number(),
    toMs: z.number(),
    beforeMs: z.number(),
    category: z.string().nullable(),
    ...scoreParams.shape,
    limit: z.number(),
  }),
  row: z.object({
    postId: z.string(),
    authorId: z.string(),
    category: z.string(),
    views: z.number(),
    score: z.number(),
    completionMillionths: z.number(),
    completions: z.number(),
    ratio: z.number().nullable(),
    total: z.number(),
  }),
});
const eventNames = ['post_view', 'post_like', 'post_save', 'post_comment', 'post_share'];

type Row = z.output<typeof listTrendingStatement.row>;

export type TrendingQuestion = {
  toMs: number;
  windowHours: number;
  category: string | null;
  skip: number;
  limit: number;
};

const hourMs = 3_600_000;
const { viralTimes, trendingTimes, lookBackDays, tiers } = engagementRules;
const greatestBoost = Math.max(...tiers.map(({ boost }) => boost));

type Deps = Pick<EngagementDeps, 'facts' | 'asOf'>;
type Asked = Omit<z.input<typeof listTrendingStatement.params>, 'limit'>;
type Boosted = Row & { boosted: number };

/** The posts with most weighted engagement in a window up to a time, and whether that is unusual for their creators. */
export async function listTrending(deps: Deps, { toMs, windowHours, category, skip, limit }: TrendingQuestion) {
  const asOf = await deps.asOf();
  const fromMs = toMs - windowHours * hourMs;
  const beforeMs = fromMs - lookBackDays * 24 * hourMs;
  const asked = { fromMs, toMs, beforeMs, category, ...scoreValues };
  const [{ ranked, total }, excluded] = await Promise.all([
    rankPosts(deps, asked, skip + limit),
    countExcluded(deps, { fromMs, toMs, eventNames }),
  ]);
  const head = { from: timeOf(fromMs), to: timeOf(toMs), asOf, exact: true as const };
  return {
    head: { ...head, excluded },
    items: ranked.slice(skip, skip + limit).map(describePost),
    total,
  };
}

/**
 * The first posts by boosted score. Standings are looked up only of those who may be among them: a boost is small, so
 * what lies so far behind that the greatest one would not lift it in is never asked for.
 */
async function rankPosts(deps: Deps, asked: Asked, wanted: number): Promise<{ ranked: Boosted[]; total: number }> {
  for (let limit = wanted * 2; ; limit *= 4) {
    const rows = await deps.facts.select(listTrendingStatement, { ...asked, limit });
    const boosts = await findBoosts(deps, [...new Set(rows.map(({ authorId }) => authorId))], asked.toMs);
    const ranked = rows.map((row) => ({ ...row, boosted: roundScore(row.score * (boosts.get(row.authorId) ?? 1)) }));
    ranked.sort((one, other) => other.boosted - one.boosted || (one.postId < other.postId ? -1 : 1));
    const total = rows[0]?.total ?? 0;
    const leastWanted = ranked[wanted - 1]?.boosted ?? 0;
    const greatestUnseen = (rows.at(-1)?.score ?? 0) * greatestBoost;
    if (rows.length >= total || leastWanted > greatestUnseen) return { ranked, total };
  }
}

function describePost({ postId, authorId, category, views, boosted, ratio, ...row }: Boosted): TrendingPost {
  return {
    postId,
    authorId: authorId || null,
    category: category || null,
    views,
    engagementScore: boosted,
    avgCompletion: row.completions === 0 ? null : row.completionMillionths / 1e6 / row.completions,
    status: statusOf(ratio),
    ratioToBaseline: ratio,
  };
}

function statusOf(ratio: number | null): TrendingPost['status'] {
  if (ratio === null || ratio <= trendingTimes) return 'normal';
  return ratio > viralTimes ? 'viral' : 'trending';
}
