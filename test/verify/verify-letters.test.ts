import { z } from 'zod';
import { scoreValues } from '../../src/engagement/score-params.ts';
import { letterRow } from '../../src/project/dead-letters/dead-letter.ts';
import { replayFactsLetter } from '../../src/project/dead-letters/replay-facts-letter.ts';
import { replayGraphLetter } from '../../src/project/dead-letters/replay-graph-letter.ts';
import { recountStale } from '../../src/project/tally/recount/recount-stale.ts';
import { verifyStores } from '../../src/verify/verify-stores.ts';
import { eventually } from '../whole/start-service.ts';
import { names } from './check-names.ts';
import { rewriteTable, without } from './damage.ts';
import { type FilledStores, openFilledStores } from './filled-stores.ts';
import { follow, original, share } from './story.ts';

const oneTimeEach = 'CREATE CONSTRAINT one_time_each IF NOT EXISTS FOR (post:Post) REQUIRE post.createdAt IS UNIQUE';
const anyTimes = 'DROP CONSTRAINT one_time_each IF EXISTS';
const refusePoison = "ALTER TABLE events ADD CONSTRAINT no_poison CHECK event_id NOT LIKE 'poison%'";
const mendPoison = 'ALTER TABLE events DROP CONSTRAINT no_poison';

const atMs = Date.now() - 600_000;

let stores: FilledStores;

/** The graph refuses a post with the time of another, the facts refuse an event whose id says poison. */
beforeAll(async () => {
  stores = await openFilledStores(4_000_000);
  await stores.graph.command(oneTimeEach);
  await stores.facts.command(refusePoison);
  await stores.accept([original('root', 'e-root', atMs), share('root', 'one', { atMs: atMs + 1 })]);
  await stores.accept([share('root', 'dead', { atMs: atMs + 1 }), share('dead', 'below', { atMs: atMs + 2 })]);
  await stores.accept([share('root', 'overtaken', { atMs: atMs + 1, eventId: 'e-first' })]);
  await stores.accept([share('root', 'overtaken', { atMs: atMs + 3, eventId: 'e-second' })]);
  await stores.accept([share('root', 'poisoned', { atMs: atMs + 4, eventId: 'poison-1' })]);
  await stores.accept([share('poisoned', 'after', { atMs: atMs + 5 }), follow('ann', 'bob', 'poison-2')]);
  await stores.settle();
  await eventually(async () => {
    const letters = await stores.facts.select(readLetters, {});
    return letters.length === 4 || letters;
  }, 60_000);
}, 180_000);

afterAll(async () => {
  await stores.graph.command(anyTimes);
  await stores.close();
});

async function differing(): Promise<string[]> {
  const { checks } = await verifyStores(stores.deps);
  return checks.filter((check) => !check.ok).map((check) => check.name);
}

const readLetters = {
  path: 'every dead letter as it stands',
  text: `SELECT stage, accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, event_id AS eventId,
    timestamp_ms AS timestampMs, digest, code, reason, attempts, raw, state,
    toUnixTimestamp64Milli(died_at) AS diedAtMs, toUnixTimestamp64Milli(changed_at) AS changedAtMs
    FROM dead_letters FINAL ORDER BY seq`,
  params: z.object({}),
  row: letterRow,
};

describe('verify where letters wait', () => {
  test('counts them as accounted for in both stores', async () => {
    expect(await differing()).toEqual([]);
  }, 60_000);

  test.each([
    ['facts', [names.numbers, names.rows, names.nodes]],
    ['graph', [names.refusals]],
  ])(
    'finds that a letter of %s is gone',
    async (stage, expected) => {
      const mend = await rewriteTable(stores.facts, 'dead_letters', without(`stage = '${stage}'`));
      const found = await differing();
      await mend();
      expect(found).toEqual(expect.arrayContaining(expected));
    },
    60_000,
  );

  test('holds when they were replayed, one of them too late for its post', async () => {
    await stores.graph.command(anyTimes);
    await stores.facts.command(mendPoison);
    const replaying = { graph: stores.graph, facts: stores.facts, stream: '0', now: Date.now };
    for (const letter of await stores.facts.select(readLetters, {})) {
      const replay = letter.stage === 'graph' ? replayGraphLetter : replayFactsLetter;
      expect(await replay(replaying, letter)).toMatchObject({ outcome: 'replayed' });
    }
    await stores.settle();
    // What was added behind the tally is counted by a job of the service.
    expect(await differing()).toEqual([names.engagement]);
    const recounting = { facts: stores.facts, log: stores.log, rules: scoreValues, now: Date.now };
    const limits = { holdMs: 20_000, confirmMs: 20_000, factsAtOnce: 1_000_000, quarterDays: 0 };
    expect(await recountStale(recounting, limits)).not.toEqual([]);
    expect(await recountStale(recounting, limits)).toEqual([]);
    expect(await differing()).toEqual([]);
  }, 180_000);
});
