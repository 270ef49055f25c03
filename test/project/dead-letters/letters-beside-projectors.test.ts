import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../../src/config.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { endedItems } from '../../../src/ingest/receipt/outcomes.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { replayLetters } from '../../../src/project/dead-letters/replay-letters.ts';
import { findFactsOutcomes } from '../../../src/project/receipt/find-facts-outcomes.ts';
import { findGraphOutcomes } from '../../../src/project/receipt/find-graph-outcomes.ts';
import type { RunningProjector } from '../../../src/project/run-projector.ts';
import { graphStream, startProjectors } from '../../../src/project/start-projectors.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../../setup/open-test-stores.ts';
import { mendPoison, refusePoison } from '../facts/open-facts-turn.ts';
import { readPosts } from '../graph/open-graph-turn.ts';

const oneTimeEach = 'CREATE CONSTRAINT one_time_each IF NOT EXISTS FOR (post:Post) REQUIRE post.createdAt IS UNIQUE';
const anyTimes = 'DROP CONSTRAINT one_time_each IF EXISTS';
const atMs = Date.now() - 60_000;

let graph: Graph;
let facts: Facts;
let log: Log;
let running: RunningProjector;
let isDown = false;

beforeAll(async () => {
  graph = await openEmptyGraph();
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
  await graph.command(oneTimeEach);
  await facts.command(refusePoison);
  const letterless: Facts = {
    ...facts,
    insert: async (target, rows) => {
      if (isDown && target.table === 'dead_letters') throw new Error('no room for letters');
      await facts.insert(target, rows);
    },
  };
  const { project } = readConfig(process.env);
  running = startProjectors(
    {
      graph,
      log,
      facts: letterless,
      owner: 'this-test',
      onBatch: () => undefined,
      onRoots: () => undefined,
      onLetters: () => undefined,
      onFault: () => undefined,
    },
    project,
  );
});
afterAll(async () => {
  await running.stop();
  await graph.command(anyTimes);
  await emptyGraph(graph);
  log.close();
  await Promise.all([graph.close(), facts.close()]);
});

function share(shareId: string, postId: string, afterMs: number, eventId = `e-${shareId}`): object {
  return { eventId, eventName: 'post_share', userId: 'bob', timestamp: atMs + afterMs, data: { postId, shareId } };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let left = 600; !(await isSo()); left -= 1) {
    if (left === 0) throw new Error('it did not come to that');
    await delay(100);
  }
}

async function ended(firstSeq: number, count: number) {
  const range = { firstSeq, count };
  const outcomes = {
    graph: await findGraphOutcomes({ graph }, range),
    facts: await findFactsOutcomes({ facts }, range),
  };
  return endedItems(outcomes).map(({ eventId, status }) => [eventId, status]);
}

async function stateOf(postId: string): Promise<string | undefined> {
  return (await graph.read(readPosts, {})).find(({ id }) => id === postId)?.state;
}

test('letters of both stores, told late, shown in receipts, replayed while the projectors run on', async () => {
  isDown = true;
  const root = { eventId: 'r', eventName: 'post_created', userId: 'ada', timestamp: atMs, data: { postId: 'root' } };
  await acceptInto(log, [root, share('one', 'root', 1), share('twin', 'root', 1), share('below', 'twin', 2)]);
  await until(async () => (await log.readProgress()).graphSeq === 4);
  // The graph has gone on; its letter could not be written yet, and the receipt knows all the same.
  expect(await ended(1, 4)).toEqual([['e-twin', 'deadLettered']]);
  await acceptInto(log, [share('next', 'one', 3)]);
  await until(async () => (await stateOf('next')) === 'linked');
  isDown = false;
  await acceptInto(log, [share('refused', 'root', 4, 'poison-e')]);
  await until(async () => (await findFactsOutcomes({ facts }, { firstSeq: 1, count: 6 })).outcomes.length === 2);
  expect(await ended(1, 6)).toEqual([
    ['e-twin', 'deadLettered'],
    ['poison-e', 'deadLettered'],
  ]);
  await graph.command(anyTimes);
  await facts.command(mendPoison);
  const deps = { graph, facts, projectors: log.projectors, areFactsHeld: async () => false };
  const progress = await replayLetters(
    { ...deps, stream: graphStream, now: Date.now },
    { dryRun: false, perSecond: 100, after: null, onProgress: () => undefined },
  );
  expect(progress).toMatchObject({ tried: 2, replayed: 2 });
  // What waited below the replayed share is linked by the projector, which was not told of it.
  await until(async () => (await stateOf('below')) === 'linked');
  expect(await ended(1, 6)).toEqual([]);
  expect((await findFactsOutcomes({ facts }, { firstSeq: 1, count: 6 })).held).toBe(6);
  await until(async () => (await log.readProgress()).lineageLinkSeq === 6);
}, 120_000);
