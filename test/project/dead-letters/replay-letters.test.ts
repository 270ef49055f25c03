import { z } from 'zod';
import { faultToProblem } from '../../../src/compose/fault-to-problem.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { type Graph, openGraph } from '../../../src/graph/graph.ts';
import { mount } from '../../../src/http/route.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { deadLetterRoutes } from '../../../src/project/dead-letters/dead-letter-routes.ts';
import {
  type ReplayProgress,
  type ReplayRequest,
  replayLetters,
} from '../../../src/project/dead-letters/replay-letters.ts';
import { startApp } from '../../http/start-app.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { openFreshFacts, testEnvironment } from '../../setup/open-test-stores.ts';
import {
  factsLimits,
  mendPoison,
  projectFacts,
  recountFacts,
  refusePoison,
  shareEvent,
} from '../facts/open-facts-turn.ts';

let facts: Facts;
let log: Log;
let graph: Graph;

beforeEach(async () => {
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
  graph = openGraph({
    url: testEnvironment('NEO4J_URL'),
    user: testEnvironment('NEO4J_USER'),
    password: testEnvironment('NEO4J_PASSWORD'),
    database: 'neo4j',
    poolSize: 2,
    timeoutMs: 20_000,
  });
  await facts.command(refusePoison);
  await acceptInto(log, [
    shareEvent('good'),
    ...Array.from({ length: 6 }, (_, index) => shareEvent(`poison-${index}`)),
  ]);
  await projectFacts({ facts, log }, { limits: { ...factsLimits, smallRange: 1000 } });
});

afterEach(async () => {
  log.close();
  await Promise.all([facts.close(), graph.close()]);
});

function deps() {
  const areFactsHeld = async () => (await log.holds.asked('facts')) !== null;
  return { graph, facts, projectors: log.projectors, areFactsHeld, stream: 'test', now: Date.now };
}

const request: ReplayRequest = { dryRun: false, perSecond: 1000, after: null, onProgress: () => undefined };

async function recount() {
  const [counts] = await facts.select(recountFacts, {});
  return counts;
}

describe('replaying many letters', () => {
  test('a dry run says what would be tried and changes nothing', async () => {
    const progress = await replayLetters(deps(), { ...request, dryRun: true });
    expect(progress).toMatchObject({ tried: 6, replayed: 0, byCode: { VIOLATED_CONSTRAINT: 6 }, position: 'facts-7' });
    expect(await recount()).toMatchObject({ events: 1, waiting: 6 });
  });

  test('a run that is stopped goes on where it stood, in accept order, and no faster than asked', async () => {
    await facts.command(mendPoison);
    let stood: string | null = null;
    const stopping = (progress: ReplayProgress) => {
      stood = progress.position;
      if (progress.tried === 2) throw new Error('stopped');
    };
    await expect(replayLetters(deps(), { ...request, onProgress: stopping })).rejects.toThrow('stopped');
    expect(stood).toBe('facts-3');
    expect(await recount()).toMatchObject({ events: 3, waiting: 4 });
    const startedAt = performance.now();
    const progress = await replayLetters(deps(), { ...request, after: stood, perSecond: 10 });
    expect(performance.now() - startedAt).toBeGreaterThan(290);
    expect(progress).toMatchObject({ tried: 4, replayed: 4, stillDead: 0, position: 'facts-7' });
    expect(await recount()).toMatchObject({ events: 7, ids: 7, indexed: 7, shares: 7, waiting: 0, replayed: 6 });
  });

  test('filters by store, code and time, or takes just some ids', async () => {
    const tried = async (filter: Partial<ReplayRequest>) =>
      (await replayLetters(deps(), { ...request, dryRun: true, ...filter })).tried;
    expect(await tried({ stage: 'graph' })).toBe(0);
    expect(await tried({ code: 'VIOLATED_CONSTRAINT' })).toBe(6);
    expect(await tried({ code: 'TYPE_MISMATCH' })).toBe(0);
    expect(await tried({ sinceMs: Date.now() + 1000 })).toBe(0);
    expect(await tried({ untilMs: Date.now() + 1000 })).toBe(6);
    expect(await tried({ ids: ['facts-4'] })).toBe(1);
    await expect(tried({ ids: ['facts-999'] })).rejects.toThrow('no dead letter');
  });
});

describe('dead letters over HTTP', () => {
  test('are listed page by page and replayed one by one', async () => {
    const app = await startApp({ routes: mount(deadLetterRoutes, deps()), faultToProblem });
    const call = async (path: string, method = 'GET') => {
      const response = await fetch(`${app.url}${path}`, { method });
      return { status: response.status, body: z.looseObject({}).parse(await response.json()) };
    };
    try {
      const first = await call('/v1/dead-letters?limit=4');
      expect(first).toMatchObject({ status: 200, body: { shown: 4, total: 6 } });
      const { items, next } = z.object({ items: z.array(z.looseObject({})), next: z.string() }).parse(first.body);
      expect(items[0]).toMatchObject({
        id: 'facts-2',
        stage: 'facts',
        state: 'waiting',
        eventId: 'poison-0',
        attempts: 1,
        code: 'VIOLATED_CONSTRAINT',
      });
      expect(JSON.parse(String(items[0]?.['raw']))).toMatchObject({ eventId: 'poison-0' });
      expect((await call(`/v1/dead-letters?limit=4&cursor=${next}`)).body).toMatchObject({ shown: 2, next: null });
      expect((await call(`/v1/dead-letters?limit=4&stage=graph`)).body).toMatchObject({
        shown: 0,
        total: 0,
        items: [],
      });
      expect(await call('/v1/dead-letters?state=dead')).toMatchObject({ status: 400 });
      expect((await call('/v1/dead-letters/facts-2/replay', 'POST')).body).toMatchObject({ outcome: 'stillDead' });
      await facts.command(mendPoison);
      await log.holds.ask('facts', 'a-rebuild', 10_000);
      expect(await call('/v1/dead-letters/facts-2/replay', 'POST')).toMatchObject({
        status: 503,
        body: { code: 'facts_held' },
      });
      await log.holds.release('facts', 'a-rebuild');
      const replayed = { id: 'facts-2', outcome: 'replayed', reason: null };
      expect(await call('/v1/dead-letters/facts-2/replay', 'POST')).toEqual({ status: 200, body: replayed });
      expect((await call('/v1/dead-letters/facts-2/replay', 'POST')).body).toMatchObject({
        outcome: 'alreadyReplayed',
      });
      expect((await call('/v1/dead-letters?state=waiting,replayed')).body).toMatchObject({ total: 6 });
      for (const id of ['facts-1', 'facts-0', 'nothing', 'graph-2', 'facts-99999999999999999999'])
        expect(await call(`/v1/dead-letters/${id}/replay`, 'POST')).toMatchObject({
          status: 404,
          body: { code: 'dead_letter_not_found' },
        });
    } finally {
      await app.close(1000);
    }
  });
});
