import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { EngagementDeps } from '../../src/engagement/engagement-deps.ts';
import { describePost } from '../../src/engagement/posts/describe-post.ts';
import { scoreValues } from '../../src/engagement/score-params.ts';
import { listTrending } from '../../src/engagement/trending/list-trending.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { manyTimes, timeInTurn } from '../time-in-turn.ts';
import { dayMs, endMs, fillFacts } from './fill-facts.ts';
import { withBenchFacts } from './with-bench-facts.ts';

const posts = 1_000_000;
const events = 20_000_000;
const turns = 20;
const shown = 50;
const windowMs = 2 * dayMs;
const slowRounds = 3;

/** One of those that a handful of people met, as most are. */
const findPost = {
  path: 'a post with twelve views',
  text: "SELECT post_id AS postId FROM events WHERE event_name = 'post_view' GROUP BY post_id HAVING count() = 12 ORDER BY post_id LIMIT 1",
  params: z.object({}),
  row: z.object({ postId: z.string() }),
};

const emptyStatement = {
  path: 'none',
  text: 'SELECT 1 AS one',
  params: z.object({}),
  row: z.object({ one: z.number() }),
};

const fromFacts = {
  path: 'bench/engagement/trending-from-facts.sql',
  text: readFileSync(join(import.meta.dirname, 'trending-from-facts.sql'), 'utf8'),
  params: z.looseObject({}),
  row: z.object({ postId: z.string(), score: z.number(), ratio: z.number().nullable(), total: z.number() }),
};

/** What engagement answers cost among twenty million facts on a million posts. */
export const engagementAnswersEntry: BenchEntry = {
  name: 'engagement-answers',
  measure: (rounds) =>
    withBenchFacts(async (facts) => {
      const { countedMs } = await fillFacts(facts, events, posts);
      console.error(`counted ${Math.round((events / countedMs) * 1000)} facts a second`);
      const limits = { rangeDays: 30, quarterDays: 0 };
      const deps = { facts, asOf: async () => null, wholeFrom: async () => 0, now: () => endMs, limits };
      return [
        await measureSeries(deps, facts, rounds),
        await measureTrending(deps, facts, Math.min(rounds, slowRounds)),
      ];
    }),
};

async function measureSeries(deps: EngagementDeps, facts: Facts, rounds: number): Promise<Measurement> {
  const range = { from: '2026-01-02T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const [post] = await facts.select(findPost, {});
  const question = { ...range, postId: post?.postId ?? '', scope: 'post', stepSeconds: 86_400, tz: 'UTC' } as const;
  const outcome = await describePost(deps, question);
  const series = { run: manyTimes(turns, () => describePost(deps, question)) };
  const empty = { run: manyTimes(turns, () => facts.select(emptyStatement, {})) };
  return {
    name: `series of one post among ${posts} vs an empty query`,
    unit: `ms, ${turns} in turn`,
    equal: outcome.kind === 'found' && outcome.answer.impressions > 0,
    bar: { ratioAtMost: 3 },
    ...(await timeInTurn(series, empty, rounds)),
  };
}

async function measureTrending(deps: EngagementDeps, facts: Facts, rounds: number): Promise<Measurement> {
  const question = { toMs: endMs, windowHours: 48, category: null, skip: 0, limit: shown };
  const fromMs = endMs - windowMs;
  const asked = { ...scoreValues, fromMs, toMs: endMs, beforeMs: fromMs - 30 * dayMs, category: null, limit: shown };
  const list = () => listTrending(deps, question);
  const raw = () => facts.select(fromFacts, asked);
  const { items, total } = await list();
  const rows = await raw();
  return {
    name: `trending over 48 h of ${events} facts vs the same from the facts`,
    unit: 'ms',
    equal:
      total === rows[0]?.total &&
      items.length === shown &&
      items.every((item, place) => item.postId === rows[place]?.postId && isClose(item, rows[place])),
    bar: { ratioAtMost: 0.1 },
    ...(await timeInTurn({ run: list }, { run: raw }, rounds)),
  };
}

function isClose(
  item: { engagementScore: number; ratioToBaseline: number | null },
  row: { score: number; ratio: number | null } | undefined,
): boolean {
  const differ = (one: number, other: number) => Math.abs(one - other) > 1e-6 * Math.abs(other);
  if (row === undefined || differ(item.engagementScore, row.score)) return false;
  return item.ratioToBaseline === null || row.ratio === null
    ? item.ratioToBaseline === row.ratio
    : !differ(item.ratioToBaseline, row.ratio);
}
