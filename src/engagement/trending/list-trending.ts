import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import { findBoosts } from '../creators/find-boosts.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';
import { roundScore, scoreParams, scoreValues } from '../score-params.ts';
import { countExcludedEngagement } from './count-excluded-engagement.ts';
import { findMakers } from './find-makers.ts';
import { type Made, measureUsual } from './measure-usual.ts';
import type { TrendingPost } from './trending-answers.ts';

const weights = scoreParams.omit({ viewFromMs: true, bonusAbove: true });

export const listTrendingStatement = statement('clickhouse/engagement/trending/list-trending.sql', {
  params: z.object({
    fromMs: z.number(),
    toMs: z.number(),
    category: z.string().nullable(),
    ...weights.shape,
    limit: z.number(),
  }),
  row: z.object({
    postId: z.string(),
    views: z.number(),
    score: z.number(),
    weighted: z.number(),
    completionMillionths: z.number(),
    completions: z.number(),
    total: z.number(),
  }),
});

type Row = z.output<typeof listTrendingStatement.row>;

export type TrendingQuestion = {
  toMs: number;
  windowHours: number;
  category: string | null;
  skip: number;
  limit: number;
};

const hourMs = 3_600_000;
const quarterMs = 900_000;
// Later ones are in no table of quarters, and the last of all years have no next one that could be written.
const lastQuarterMs = Date.UTC(2105, 0, 1);
const { viralTimes, trendingTimes, tiers } = engagementRules;
const greatestBoost = Math.max(...tiers.map(({ boost }) => boost));

type Deps = Pick<EngagementDeps, 'facts' | 'asOf'>;
type Window = { fromMs: number; toMs: number };
type Ranked = Row & Made & { boosted: number };

/** The quarter of an hour with which a window ends that has a moment in it: what is counted is counted by quarters. */
export function endOfQuarter(atMs: number): number {
  return Math.min(lastQuarterMs, Math.ceil(atMs / quarterMs) * quarterMs);
}

/** The first moment of which counts by quarters are kept for sure. */
export function oldestWindow({ now, limits }: Pick<EngagementDeps, 'now' | 'limits'>): number {
  return limits.quarterDays === 0 ? 0 : endOfQuarter(now() - limits.quarterDays * 24 * hourMs);
}

/** The posts with most weighted engagement in a window up to a time, and whether that is unusual for their creators. */
export async function listTrending(deps: Deps, question: TrendingQuestion) {
  const { windowHours, skip, limit } = question;
  const asOf = await deps.asOf();
  const toMs = endOfQuarter(question.toMs);
  const window = { fromMs: toMs - windowHours * hourMs, toMs };
  const [{ ranked, total }, excluded] = await Promise.all([
    rankPosts(deps, { ...window, category: question.category }, skip + limit),
    countExcludedEngagement(deps, window),
  ]);
  const shown = ranked.slice(skip, skip + limit);
  const usual = await measureUsual(deps, shown, window);
  const head = { from: timeOf(window.fromMs), to: timeOf(toMs), asOf, exact: true as const };
  return { head: { ...head, excluded }, items: shown.map((post) => describePost(post, usual(post))), total };
}

/**
 * The first posts by boosted score. Standings are looked up only of those who may be among them: a boost is small, so
 * what lies so far behind that the greatest one would not lift it in is never asked for.
 */
async function rankPosts(
  deps: Deps,
  { fromMs, toMs, category }: Window & { category: string | null },
  wanted: number,
): Promise<{ ranked: Ranked[]; total: number }> {
  for (let limit = wanted * 2; ; limit *= 4) {
    const rows = await deps.facts.select(listTrendingStatement, { ...scoreValues, fromMs, toMs, category, limit });
    const makers = await findMakers(
      deps,
      rows.map(({ postId }) => postId),
    );
    const authorIds = [...new Set([...makers.values()].map(({ authorId }) => authorId))];
    const boosts = await findBoosts(deps, authorIds, toMs);
    const ranked = rows.map((row) => {
      const made = makers.get(row.postId) ?? { authorId: '', category: '' };
      return { ...row, ...made, boosted: roundScore(row.score * (boosts.get(made.authorId) ?? 1)) };
    });
    ranked.sort((one, other) => other.boosted - one.boosted || (one.postId < other.postId ? -1 : 1));
    const total = rows[0]?.total ?? 0;
    const leastWanted = ranked[wanted - 1]?.boosted ?? 0;
    const greatestUnseen = (rows.at(-1)?.score ?? 0) * greatestBoost;
    if (rows.length >= total || leastWanted > greatestUnseen) return { ranked, total };
  }
}

function describePost(
  { postId, authorId, category, views, boosted, ...row }: Ranked,
  usual: number | null,
): TrendingPost {
  const ratio = usual === null ? null : row.weighted / usual;
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
