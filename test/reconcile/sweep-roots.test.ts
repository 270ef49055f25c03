import { randomUUID } from 'node:crypto';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { type ReconcileDeps, reconcileRoots } from '../../src/reconcile/reconcile-roots.ts';
import { type SweepLimits, sweepRoots } from '../../src/reconcile/sweep-roots.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';
import { buildCascade, openReconciling, writeGraph, writeLineage, writeShares } from './two-stores.ts';

const limits: SweepLimits = { restMs: 10_000, rootsAtOnce: 3, maxRounds: 10 };
let graph: Graph;
let facts: Facts;
let nowMs: number;

beforeAll(async () => {
  graph = await openEmptyGraph();
});
afterAll(async () => {
  await graph.close();
});
beforeEach(async () => {
  await emptyGraph(graph);
  ({ facts } = await openFreshFacts());
  nowMs = Date.UTC(2026, 2, 1);
});
afterEach(async () => {
  await facts.close();
});

type Swept = { asked: string[]; compared: string[]; swept: number };

async function sweep(deps: ReconcileDeps, changed: Partial<SweepLimits> = {}): Promise<Swept> {
  const asked: string[] = [];
  const compared: string[] = [];
  const sweeping = {
    facts,
    now: () => nowMs,
    askForJobs: async (rootIds: string[]) => void asked.push(...rootIds),
    reconcileRoots: async (rootIds: string[]) => {
      compared.push(...rootIds);
      await reconcileRoots({ ...deps, now: () => nowMs }, rootIds);
    },
  };
  const swept = await sweepRoots(sweeping, { ...limits, ...changed });
  return { asked: asked.toSorted(), compared: compared.toSorted(), swept };
}

async function writeCascade(rootId: string, shares: number, firstSeq: number): Promise<void> {
  const posts = buildCascade(
    rootId,
    Array.from({ length: shares }, () => 0),
    firstSeq,
  );
  await writeGraph(graph, posts);
  await writeLineage(facts, posts);
  await writeShares(facts, posts);
}

describe('the sweeper', () => {
  test('asks for the jobs of cascades that were never compared, and compares lone posts itself', async () => {
    const deps = await openReconciling({ graph, facts });
    for (let index = 0; index < 5; index += 1) await writeCascade(`shared${index}`, 2, 1 + index * 10);
    for (let index = 0; index < 4; index += 1) await writeCascade(`lone${index}`, 0, 101 + index * 10);
    const lone = ['lone0', 'lone1', 'lone2', 'lone3'];
    const shared = ['shared0', 'shared1', 'shared2', 'shared3', 'shared4'];
    expect(await sweep(deps)).toEqual({ asked: shared, compared: lone, swept: 9 });
    nowMs += 60_000;
    expect(await sweep(deps)).toEqual({ asked: shared, compared: [], swept: 5 });
    await reconcileRoots({ ...deps, now: () => nowMs }, shared);
    nowMs += 60_000;
    expect(await sweep(deps)).toEqual({ asked: [], compared: [], swept: 0 });
  });

  test('finds a cascade again when it has grown, but leaves it in peace for a while', async () => {
    const deps = await openReconciling({ graph, facts }, { seq: 100, linkSeq: 100 });
    await writeCascade('grows', 2, 1);
    await reconcileRoots({ ...deps, now: () => nowMs }, ['grows']);
    const [root] = buildCascade('grows', []);
    if (root === undefined) throw new Error('no root');
    await writeLineage(facts, [{ ...root, id: 'late', parentId: 'grows', depth: 1, seq: 150 }]);
    nowMs += 9000;
    expect((await sweep(deps)).asked).toEqual([]);
    nowMs += 2000;
    expect((await sweep(deps)).asked).toEqual(['grows']);
  });

  test('looks again at a cascade on which the stores did not agree', async () => {
    const deps = await openReconciling({ graph, facts });
    await writeCascade('differs', 3, 1);
    await graph.command("MATCH (:Post {id: 'differs/s1'})-[edge:SHARED_FROM]->() DELETE edge");
    await reconcileRoots({ ...deps, now: () => nowMs }, ['differs']);
    nowMs += 11_000;
    expect((await sweep(deps)).asked).toEqual(['differs']);
  });

  test('stops after its rounds', async () => {
    const deps = await openReconciling({ graph, facts });
    for (let index = 0; index < 7; index += 1) await writeCascade(`r${index}-${randomUUID()}`, 1, 1 + index * 10);
    expect((await sweep(deps, { maxRounds: 2 })).swept).toBe(6);
  });
});
