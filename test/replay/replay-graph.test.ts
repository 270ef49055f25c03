import { join } from 'node:path';
import { openCascades } from '../../src/cascade/open-cascades.ts';
import { graphReplayParts } from '../../src/compose/replay/graph-parts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import {
  type GraphReplay,
  type GraphReplayDeps,
  type GraphReplayRequest,
  replayGraph,
} from '../../src/replay/replay-graph.ts';
import { acceptInto } from '../setup/open-test-log.ts';
import { emptyGraph, testEnvironment } from '../setup/open-test-stores.ts';
import {
  type FilledStores,
  fill,
  monthOfEvents,
  oddEvents,
  openFilledStores,
  post,
  project,
  runProjectors,
  share,
} from './filled-stores.ts';
import { openSecondGraph } from './open-second-graph.ts';
import { cascadeLimits, summarizeAll } from './summarize-all.ts';

let stores: FilledStores;
let stopSecond: () => Promise<void>;
let fresh: Graph;

beforeAll(async () => {
  const starting = openSecondGraph(join(testEnvironment('SHARETRAIL_TEST_HOME'), 'second'));
  stores = await openFilledStores();
  const month = monthOfEvents(1500, 150);
  await fill(stores, month);
  await fill(stores, [...oddEvents(), ...month.slice(0, 2)]);
  ({ graph: fresh, stop: stopSecond } = await starting);
}, 180_000);

afterAll(async () => {
  await stopSecond();
  await stores.close();
}, 60_000);

const asked: GraphReplayRequest = { from: 'facts', swap: false, acceptDifference: false };

function replay(
  request: Partial<GraphReplayRequest> = {},
  change: (deps: GraphReplayDeps) => GraphReplayDeps = (deps) => deps,
) {
  const deps = change(graphReplayParts(stores.config, stores, fresh, () => undefined));
  return replayGraph(deps, { ...asked, ...request }, { ...stores.config.replay, answerMs: 3000 });
}

function differing({ comparison }: GraphReplay) {
  return comparison.sections.filter(({ onlyLive, onlyFresh, unlike }) => onlyLive + onlyFresh + unlike > 0);
}

const summaries = (graph: Graph) =>
  summarizeAll({ graph, facts: stores.facts }, openCascades({ ...stores, graph }, cascadeLimits));

describe('a replay of the graph into a second server', () => {
  test.each(['facts', 'log'] as const)(
    'from %s equals what the projectors made, thing by thing',
    async (from) => {
      await emptyGraph(fresh);
      const { comparison, upToSeq, resumed, ready } = await replay({ from });
      expect(comparison.examples).toEqual([]);
      expect(comparison.sections.map(({ section }) => section)).toEqual(['post', 'account', 'refusal', 'tally']);
      for (const { live, fresh: made } of comparison.sections) expect([live, live > 0]).toEqual([made, true]);
      expect([comparison.equal, upToSeq, resumed, ready]).toEqual([true, await stores.log.lastSeq(), false, null]);
    },
    60_000,
  );

  test('goes on where it was interrupted', async () => {
    await emptyGraph(fresh);
    let steps = 0;
    const failing = (deps: GraphReplayDeps): GraphReplayDeps => ({
      ...deps,
      beginGraph: async (target, lease) => {
        const turn = await deps.beginGraph(target, lease);
        const step = async () => {
          steps += 1;
          if (steps === 3) throw new Error('the power went');
          return turn.step();
        };
        return { step };
      },
    });
    stores = { ...stores, config: { ...stores.config, project: { ...stores.config.project, maxEntries: 2 } } };
    await expect(replay({}, failing)).rejects.toThrow('the power went');
    const { comparison, resumed } = await replay();
    expect(resumed).toBe(true);
    expect(comparison).toMatchObject({ equal: true, examples: [] });
  }, 60_000);

  test('says exactly what differs in the live one, and makes nothing ready then', async () => {
    await stores.graph.command(`MATCH (share:Post {id: 'late-2'})-[edge:SHARED_FROM]->() MATCH (other:Post {id: 'late-root'})
      CREATE (share)-[:SHARED_FROM {at: edge.at, method: edge.method, confidence: edge.confidence}]->(other) DELETE edge`);
    await stores.graph.command(`MATCH (post:Post {id: 'gone'}) DETACH DELETE post`);
    await stores.graph.command(
      `MATCH (:Account {id: 'follower'})-[follow:FOLLOWS]->(:Account {id: 'x'}) DELETE follow`,
    );
    const answer = await replay({ swap: true });
    expect(answer.ready).toBeNull();
    expect(differing(answer)).toEqual([
      expect.objectContaining({ section: 'post', onlyLive: 0, onlyFresh: 1, unlike: 1 }),
      expect.objectContaining({ section: 'account', onlyLive: 0, onlyFresh: 0, unlike: 1 }),
    ]);
    expect(answer.comparison.examples).toEqual([
      expect.objectContaining({ key: 'gone', live: null }),
      expect.objectContaining({
        key: 'late-2',
        live: expect.stringContaining('["late-root"'),
        fresh: expect.stringContaining('["late-1"'),
      }),
      expect.objectContaining({
        key: 'follower',
        live: expect.not.stringContaining('"FOLLOWS"'),
        fresh: expect.stringContaining('"FOLLOWS"'),
      }),
    ]);
  }, 60_000);

  test('is made ready only while no projector runs', async () => {
    const projecting = runProjectors(stores);
    try {
      await expect(replay({ swap: true, acceptDifference: true })).rejects.toThrow('stop the service first');
    } finally {
      await projecting.stop();
    }
  }, 60_000);

  test('takes the place of a damaged one: every summary stays, lineage follows it on and is mended where it was wrong', async () => {
    const before = await summaries(fresh);
    await stores.facts.command("ALTER TABLE lineage DELETE WHERE post_id = 'c-1' SETTINGS mutations_sync = 1");
    const { ready } = await replay({ swap: true, acceptDifference: true });
    expect(ready).toMatchObject({ rewritten: ['assumed-3'] });
    stores = { ...stores, graph: fresh };
    const right = await summaries(fresh);
    for (const [rootId, summary] of before) if (rootId !== 'assumed-3') expect(right.get(rootId)).toEqual(summary);
    await acceptInto(stores.log, [post('after'), share('after', 'after-1'), share('late-2', 'after-2'), post('never')]);
    await project(stores);
    const after = await summaries(fresh);
    const untouched = [...before].filter(([rootId]) => rootId !== 'late-root');
    for (const [rootId, summary] of untouched) expect(after.get(rootId)).toEqual(summary);
    const size = (rootId: string) => after.get(rootId)?.['size'];
    expect([size('late-root'), size('after'), size('never')]).toEqual([
      Number(before.get('late-root')?.['size']) + 1,
      2,
      3,
    ]);
  }, 120_000);
});
