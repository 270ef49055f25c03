import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import type { EngagementDeps } from '../../src/engagement/engagement-deps.ts';
import { describePost } from '../../src/engagement/posts/describe-post.ts';
import { listTrending } from '../../src/engagement/trending/list-trending.ts';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';
import type { BenchEntry, Measurement } from '../measurement.ts';
import { manyTimes, timeInTurn } from '../time-in-turn.ts';

const posts = 1_000_000;
const eventsAPost = 5;
const turns = 20;
const dayMs = 86_400_000;
const toMs = Date.UTC(2026, 1, 1);
const asked = {
  postId: 'post-777777',
  scope: 'post',
  from: '2026-01-02T00:00:00Z',
  to: '2026-02-01T00:00:00Z',
} as const;

const emptyStatement = {
  path: 'none',
  text: 'SELECT 1 AS one',
  params: z.object({}),
  row: z.object({ one: z.number() }),
};

/** Five events on each of a million posts over 30 days: two views, a like, a comment and a share. */
const fillEvents = `INSERT INTO events (accept_seq, accepted_at, event_id, event_name, account_id, timestamp, post_id, share_id,
    comment_id, action, duration_ms, completion, country_code, data, metadata)
  SELECT number + 1, fromUnixTimestamp64Milli(toInt64(${toMs}), 'UTC'), concat('event-', toString(number)),
    ['post_view', 'post_view', 'post_like', 'post_comment', 'post_share'][intDiv(number, ${posts}) + 1],
    concat('person-', toString(number % 700001)),
    fromUnixTimestamp64Milli(toInt64(${toMs - 30 * dayMs} + (number * 7919) % ${30 * dayMs}), 'UTC'),
    concat('post-', toString(number % ${posts})),
    if(intDiv(number, ${posts}) = 4, concat('share-', toString(number)), ''),
    if(intDiv(number, ${posts}) = 3, concat('comment-', toString(number)), ''),
    if(intDiv(number, ${posts}) = 2, 'like', ''),
    if(number < ${2 * posts}, 5000, NULL), if(number < ${2 * posts}, 0.5, NULL), 'PT', '{}', '{}'
  FROM numbers(${posts * eventsAPost})`;

/** What engagement answers cost, counted from the facts themselves. */
export const engagementAnswersEntry: BenchEntry = {
  name: 'engagement-answers',
  measure: async (rounds) => {
    const { clickhouse } = readConfig(process.env);
    const database = `bench_${randomUUID().replaceAll('-', '')}`;
    const limits = { poolSize: 8, timeoutMs: 300_000 };
    const server = openFacts({ ...clickhouse, ...limits, database: 'default' });
    await server.command(`CREATE DATABASE ${database}`);
    const facts = openFacts({ ...clickhouse, ...limits, database });
    try {
      await migrateFacts(facts);
      await facts.command(fillEvents);
      const deps = { facts, asOf: async () => null, now: () => toMs, limits: { rangeDays: 30 } };
      return [await measureSeries(deps, facts, rounds), await measureTrending(deps, rounds)];
    } finally {
      await facts.close();
      await server.command(`DROP DATABASE ${database}`);
      await server.close();
    }
  },
};

async function measureSeries(deps: EngagementDeps, facts: Facts, rounds: number): Promise<Measurement> {
  const question = { ...asked, stepSeconds: 86_400, tz: 'UTC' };
  const outcome = await describePost(deps, question);
  const { views, likes, comments, shares } =
    outcome.kind === 'found' ? outcome.answer : { views: 0, likes: 0, comments: 0, shares: 0 };
  const series = { run: manyTimes(turns, () => describePost(deps, question)) };
  const empty = { run: manyTimes(turns, () => facts.select(emptyStatement, {})) };
  return {
    name: `engagement-answers series of one post among ${posts} vs an empty query`,
    unit: `ms, ${turns} in turn`,
    equal: [views, likes, comments, shares].join() === '2,1,1,1',
    bar: { ratioAtMost: 3 },
    ...(await timeInTurn(series, empty, rounds)),
  };
}

async function measureTrending(deps: EngagementDeps, rounds: number): Promise<Measurement> {
  const question = { toMs, windowHours: 48, category: null, skip: 0, limit: 50 };
  const list = () => listTrending(deps, question);
  const { total } = await list();
  const took = await timeInTurn({ run: list }, { run: async () => undefined }, Math.min(rounds, 3));
  return {
    name: `engagement-answers trending over 48 h of ${posts * eventsAPost} facts, from the facts`,
    unit: 'ms',
    // A fifteenth of the events, of which few are on one post.
    equal: total > 0.8 * posts * eventsAPost * (2 / 30),
    bar: { oursAtMost: 1000 },
    ours: took.ours,
    baseline: took.ours,
  };
}
