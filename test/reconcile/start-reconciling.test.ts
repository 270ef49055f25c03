import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { type Jobs, openJobs } from '../../src/jobs/open-jobs.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { reconcileRootJob } from '../../src/reconcile/reconcile-root-job.ts';
import { startReconciling } from '../../src/reconcile/start-reconciling.ts';
import { until } from '../jobs/poll.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts, testEnvironment } from '../setup/open-test-stores.ts';
import { buildCascade, openReconciling, type TestPost, writeGraph, writeLineage, writeShares } from './two-stores.ts';

const logger = createLogger({ level: 'silent' });
const limits = {
  sweepEveryMs: 1000,
  rootDelayMs: 2000,
  concurrency: 50,
  gatherMs: 20,
  restTimes: 0,
  sweepRootsAtOnce: 100,
  sweepRounds: 10,
};
const countResults = {
  path: 'results by cascade, merged ones too',
  text: 'SELECT root_id AS rootId, count() AS results, max(drift) AS drift FROM reconciliations GROUP BY root_id',
  params: z.object({}),
  row: z.object({ rootId: z.string(), results: z.number(), drift: z.number() }),
};
let graph: Graph;
let facts: Facts;
let jobs: Jobs;

beforeAll(async () => {
  graph = await openEmptyGraph();
});
afterAll(async () => {
  await emptyGraph(graph);
  await graph.close();
});
beforeEach(async () => {
  await emptyGraph(graph);
  ({ facts } = await openFreshFacts());
  jobs = openJobs({ redisUrl: testEnvironment('REDIS_URL'), prefix: `{test-${randomUUID()}}`, logger });
});
afterEach(async () => {
  await jobs.close();
  await facts.close();
});

async function writeCascades(count: number, shares: number): Promise<string[]> {
  const rootIds = Array.from({ length: count }, (_, index) => `${index}`);
  const posts: TestPost[] = rootIds.flatMap((rootId, index) =>
    buildCascade(
      rootId,
      Array.from({ length: shares }, (_, share) => Math.floor(share / 2)),
      1 + index * (shares + 1),
    ),
  );
  await writeGraph(graph, posts);
  await writeLineage(facts, posts);
  await writeShares(facts, posts);
  return rootIds;
}

describe('reconciling as the service runs it', () => {
  test('three hundred cascades whose jobs were all lost are compared within seconds', async () => {
    const rootIds = await writeCascades(300, 20);
    const deps = await openReconciling({ graph, facts });
    startReconciling({ ...deps, jobs }, limits);
    const results = async () => facts.select(countResults, {});
    await until(async () => (await results()).length === rootIds.length, 20_000);
    expect((await results()).every(({ drift }) => drift === 0)).toBe(true);
    expect(deps.disagreements).toEqual([]);
  });

  test('a cascade asked for all the time is compared once in its time', async () => {
    const [rootId = ''] = await writeCascades(1, 3);
    const startedAtMs: number[] = [];
    const deps = await openReconciling({ graph, facts });
    const now = (): number => {
      startedAtMs.push(Date.now());
      return Date.now();
    };
    // Nothing is left for the sweeper: what is counted are the jobs alone.
    startReconciling({ ...deps, now, jobs }, { ...limits, sweepEveryMs: 3_600_000 });
    await until(() => startedAtMs.length >= 2, 5000);
    startedAtMs.length = 0;
    const beganAtMs = Date.now();
    while (startedAtMs.length < 3 && Date.now() - beganAtMs < 15_000) {
      await jobs.enqueueMany(
        reconcileRootJob,
        Array.from({ length: 20 }, () => ({ rootId })),
        { delayMs: limits.rootDelayMs },
      );
    }
    expect(startedAtMs).toHaveLength(3);
    expect((startedAtMs[0] ?? 0) - beganAtMs).toBeGreaterThanOrEqual(limits.rootDelayMs - 5);
    const gaps = startedAtMs.slice(1).map((at, index) => at - (startedAtMs[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(limits.rootDelayMs - 50);
  });
});
