import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { letterRow } from '../../../src/project/dead-letters/dead-letter.ts';
import { findLetter } from '../../../src/project/dead-letters/find-letter.ts';
import { replayGraphLetter } from '../../../src/project/dead-letters/replay-graph-letter.ts';
import { settleGraphLetters } from '../../../src/project/dead-letters/settle-graph-letters.ts';
import { tellDeadLetters } from '../../../src/project/dead-letters/tell-dead-letters.ts';
import { readCursor } from '../../../src/project/graph/cursor.ts';
import { crashPoints } from '../../setup/crash-points.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../../setup/open-test-stores.ts';
import { crashAfter, crashingFacts, crashingGraph } from '../crash-at.ts';
import { projectGraph, readDeadRefusals, readPosts, type Stores, stream, sumTallies } from './open-graph-turn.ts';

const oneTimeEach = 'CREATE CONSTRAINT one_time_each IF NOT EXISTS FOR (post:Post) REQUIRE post.createdAt IS UNIQUE';
const anyTimes = 'DROP CONSTRAINT one_time_each IF EXISTS';

let graph: Graph;
let facts: Facts;
let log: Log;

beforeAll(async () => {
  graph = await openEmptyGraph();
  ({ facts } = await openFreshFacts());
});
afterAll(async () => {
  await graph.command(anyTimes);
  await emptyGraph(graph);
  await graph.close();
  await facts.close();
});
beforeEach(async () => startAnew());
afterEach(() => log.close());

async function startAnew(): Promise<void> {
  log?.close();
  log = await openTestLog();
  await emptyGraph(graph);
  await graph.command(oneTimeEach);
  await facts.command('TRUNCATE TABLE dead_letters');
}

const atMs = Date.now() - 60_000;
const view = { eventId: 'v', eventName: 'post_view', userId: 'u', data: { postId: 'root' } };

function post(postId: string, after: number): object {
  return {
    eventId: `e-${postId}`,
    eventName: 'post_created',
    userId: 'ada',
    timestamp: atMs + after,
    data: { postId },
  };
}

function share(shareId: string, postId: string, after: number): object {
  const data = { postId, shareId };
  return { eventId: `e-${shareId}`, eventName: 'post_share', userId: 'bob', timestamp: atMs + after, data };
}

/** The share `bad` has the time of `one`, which the constraint does not allow; `below` waits for it. */
async function acceptPoison(): Promise<void> {
  await acceptInto(log, [post('root', 0), share('one', 'root', 1), share('bad', 'root', 1), share('two', 'root', 2)]);
  await acceptInto(log, [share('below', 'bad', 3)]);
}

const allLetters = {
  path: 'every dead letter as it stands',
  text: `SELECT stage, accept_seq AS seq, toUnixTimestamp64Milli(accepted_at) AS acceptedAtMs, event_id AS eventId,
    timestamp_ms AS timestampMs, digest, code, reason, attempts, raw, state,
    toUnixTimestamp64Milli(died_at) AS diedAtMs, toUnixTimestamp64Milli(changed_at) AS changedAtMs
    FROM dead_letters FINAL ORDER BY seq`,
  params: z.object({}),
  row: letterRow,
};

async function tellAll(stores: Stores): Promise<void> {
  while ((await tellDeadLetters(stores)) > 0);
}

function replay(stores: Stores, letterId = 'graph-3') {
  return findLetter(stores, letterId).then((letter) => {
    if (letter === null) throw new Error('there is no such letter');
    return replayGraphLetter({ ...stores, stream, now: Date.now }, letter);
  });
}

async function states(): Promise<Record<string, string>> {
  const posts = await graph.read(readPosts, {});
  return Object.fromEntries(posts.map(({ id, state, depth }) => [id, `${state} ${depth}`]));
}

const allButBad = { root: 'linked 0', one: 'linked 1', two: 'linked 1', below: 'pending null', bad: 'stub null' };
const all = { root: 'linked 0', one: 'linked 1', bad: 'linked 1', two: 'linked 1', below: 'linked 2' };

describe('what the graph cannot take', () => {
  test('goes to the dead letters alone, and its refusal, the tally and the cursor say so', async () => {
    await acceptPoison();
    expect(await projectGraph({ graph, facts, log })).toMatchObject({ dead: 1 });
    expect(await states()).toEqual(allButBad);
    const [refusal] = await graph.read(readDeadRefusals, {});
    expect(refusal).toMatchObject({ seq: 3, postId: 'bad', told: false });
    expect(refusal?.code).toBe('Neo.ClientError.Schema.ConstraintValidationFailed');
    const [tally] = await graph.read(sumTallies, {});
    expect(tally).toEqual({
      stored: 4,
      deadLettered: 1,
      notForThisStore: 0,
      lateDuplicate: 0,
      lateConflict: 0,
      seq: 5,
    });
    await tellAll({ graph, facts, log });
    expect(await graph.read(readDeadRefusals, {})).toMatchObject([{ told: true }]);
    const [letter] = await facts.select(allLetters, {});
    expect(letter).toMatchObject({ stage: 'graph', seq: 3, eventId: 'e-bad', attempts: 1, state: 'waiting' });
    expect(letter?.raw).toBe(JSON.stringify(share('bad', 'root', 1)));
  });

  test('is not trimmed away, nor does it stop the graph, while ClickHouse cannot take its letter', async () => {
    await acceptPoison();
    await projectGraph({ graph, facts, log });
    const down: Facts = { ...facts, insert: () => Promise.reject(new Error('down')) };
    await expect(tellDeadLetters({ graph, facts: down, log })).rejects.toThrow('down');
    await acceptInto(log, [share('three', 'one', 9)]);
    await projectGraph({ graph, facts: down, log });
    expect(await states()).toMatchObject({ three: 'linked 2' });
    await tellAll({ graph, facts, log });
    expect(await facts.select(allLetters, {})).toHaveLength(1);
  });

  test('stays dead while its reason lasts, and is taken once afterwards, with what waited for it', async () => {
    await acceptPoison();
    const stores = { graph, facts, log };
    await projectGraph(stores);
    await tellAll(stores);
    expect(await replay(stores)).toMatchObject({ outcome: 'stillDead' });
    expect(await facts.select(allLetters, {})).toMatchObject([{ attempts: 2, state: 'waiting' }]);
    await graph.command(anyTimes);
    expect(await replay(stores)).toEqual({ outcome: 'replayed', reason: null });
    expect(await replay(stores)).toMatchObject({ outcome: 'alreadyReplayed' });
    // A projector that runs on notices what was left to link.
    await projectGraph(stores);
    expect(await states()).toEqual(all);
    expect(await graph.read(readDeadRefusals, {})).toEqual([]);
    expect(await graph.read(sumTallies, {})).toMatchObject([{ stored: 5, deadLettered: 0, seq: 5 }]);
    expect(await facts.select(allLetters, {})).toMatchObject([{ attempts: 3, state: 'replayed' }]);
  });

  test('a replayed post whose id another event has taken meanwhile is a conflict', async () => {
    await acceptPoison();
    const stores = { graph, facts, log };
    await projectGraph(stores);
    await tellAll(stores);
    await acceptInto(log, [{ ...share('bad', 'one', 8), eventId: 'e-other' }]);
    await projectGraph(stores);
    await graph.command(anyTimes);
    expect(await replay(stores)).toMatchObject({ outcome: 'replayed' });
    expect(await graph.read(sumTallies, {})).toMatchObject([{ stored: 5, deadLettered: 0, lateConflict: 1, seq: 6 }]);
    expect(await states()).toMatchObject({ bad: 'linked 2' });
  });

  test('a crash at any step of taking, telling and replaying leaves every post once and one letter', async () => {
    let last = 0;
    for (const call of crashPoints()) {
      last = call;
      await startAnew();
      await acceptPoison();
      const count = crashAfter(call);
      const crashing = { graph: crashingGraph(graph, count), facts: crashingFacts(facts, count), log, watch: graph };
      const outcome = await runThrough(crashing).catch(String);
      if (outcome === 'through') break;
      expect(outcome).toContain('crashed');
      await runThrough({ graph, facts, log });
      expect({ call, states: await states() }).toEqual({ call, states: all });
      expect(await graph.read(sumTallies, {})).toMatchObject([{ stored: 5, deadLettered: 0, seq: 5 }]);
      expect(await facts.select(allLetters, {})).toMatchObject([{ stage: 'graph', seq: 3, state: 'replayed' }]);
    }
    expect(last).toBeGreaterThan(20);
  }, 600_000);

  test('items of other kinds are counted as not for this store', async () => {
    await acceptInto(log, [post('root', 0), { ...view, timestamp: atMs }]);
    await acceptInto(log, [{ ...view, eventId: 'v2', timestamp: atMs }]);
    await projectGraph({ graph, facts, log });
    expect(await graph.read(sumTallies, {})).toMatchObject([{ stored: 1, notForThisStore: 2, seq: 3 }]);
  });
});

/** Takes the log, tells of what died, mends the store and replays: the whole life of a letter. */
async function runThrough(stores: Stores): Promise<string> {
  await projectGraph(stores);
  await tellAll(stores);
  await graph.command(anyTimes);
  await settleGraphLetters({ ...stores, stream, now: Date.now }, 10);
  await replay(stores);
  await projectGraph(stores);
  return (await readCursor(stores.graph, stream)) === null ? 'nowhere' : 'through';
}
