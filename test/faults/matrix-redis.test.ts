import { setTimeout as pause } from 'node:timers/promises';
import { keepFigures } from '../figures/keep-figures.ts';
import { type FaultStack, openFaultStack } from './harness/fault-stack.ts';
import { openStory, type Story } from './harness/fault-story.ts';
import { longTestMs } from './harness/patience.ts';
import { numberOf } from './oracle/ask-stores.ts';
import { quantile } from './rounds/figures.ts';

const everything = 'api,project,jobs';
const backTimeoutMs = 60_000;
const measured: { refusedMs: number[]; consumingMs: number[] } = { refusedMs: [], consumingMs: [] };
let stack: FaultStack;
let story: Story;

beforeAll(async () => {
  stack = await openFaultStack();
}, longTestMs);
beforeEach(async () => {
  story = await openStory(stack, { seed: 31 });
  await story.services.add('all', everything);
  await story.services.waitUntilReady(backTimeoutMs);
  // A Neo4j that has just started plans and compiles for seconds, which is not what is measured here.
  const warmUp = story.load();
  await pause(8000);
  await warmUp.stop();
  await story.settle();
}, longTestMs);
afterEach(async () => {
  await story.close();
}, longTestMs);
afterAll(async () => {
  await stack.close();
});

function refusalsBetween(fromMs: number, toMs: number): number[] {
  const asked = story.attempts.filter(({ atMs, status }) => status === 503 && atMs >= fromMs && atMs < toMs);
  return asked.map(({ durationMs }) => durationMs);
}

/** How long after Redis is back both stores take in events that were accepted after its return. */
async function measureConsuming(seqBefore: number): Promise<number> {
  const sinceMs = Date.now();
  while (Date.now() - sinceMs < backTimeoutMs) {
    const [factsSeq, graphSeq] = await story.ask.redis.hmget(
      `${story.services.names.prefix}:progress`,
      'factsSeq',
      'graphSeq',
    );
    if (Number(factsSeq) > seqBefore && Number(graphSeq) > seqBefore) return Date.now() - sinceMs;
    await pause(20);
  }
  return Number.POSITIVE_INFINITY;
}

async function waitUntilReconciledAfter(ms: number): Promise<number> {
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    const [row] = await story.ask.facts(
      'SELECT toUnixTimestamp64Milli(max(reconciled_at)) AS last FROM reconciliations',
    );
    const last = numberOf(row?.['last'] ?? 0);
    if (last > ms) return last - ms;
    if (Date.now() > deadlineMs) throw new Error('no job has been done since Redis came back');
    await pause(200);
  }
}

async function lastSeq(): Promise<number> {
  return Number(await story.ask.redis.get(`${story.services.names.prefix}:seq`));
}

describe('Redis', () => {
  test.each([1, 10, 30])(
    'killed and down %i s: 503 at once, nothing acked is lost, work goes on',
    async (seconds) => {
      const load = story.load();
      await pause(2000);
      const before = await lastSeq();
      const downMs = Date.now();
      await stack.keepDown('redis', seconds * 1000);
      await stack.waitUntilAnswers('redis', backTimeoutMs);
      const backMs = Date.now();
      const consumingMs = await measureConsuming(before);
      await pause(1000);
      await load.stop();
      const refused = refusalsBetween(downMs + 100, downMs + seconds * 1000);
      const p99 = quantile(refused, 0.99);
      process.stderr.write(
        `Redis down ${seconds} s: ${refused.length} refused, p99 ${p99} ms; consuming ${consumingMs} ms after its return\n`,
      );
      if (seconds > 1) expect(refused.length).toBeGreaterThan(0);
      expect(p99 ?? 0).toBeLessThan(1000);
      expect(consumingMs).toBeLessThan(5000);
      measured.refusedMs.push(...refused);
      measured.consumingMs.push(consumingMs);
      await waitUntilReconciledAfter(backMs);
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test('the figures of it are kept', () => {
    const { refusedMs, consumingMs } = measured;
    expect(consumingMs).toHaveLength(3);
    keepFigures('redisDown', {
      refused: refusedMs.length,
      refusedP99Ms: quantile(refusedMs, 0.99) ?? 0,
      consumingAgainMs: Math.max(...consumingMs),
    });
  });

  test(
    'frozen 15 s: what was in flight is not known, what comes later is refused, and nothing is sent twice',
    async () => {
      const load = story.load();
      await pause(2000);
      const frozenMs = Date.now();
      stack.signal('redis', 'SIGSTOP');
      await pause(15_000);
      stack.signal('redis', 'SIGCONT');
      const thawedMs = Date.now();
      await pause(3000);
      await load.stop();
      const during = story.attempts.filter(({ atMs }) => atMs >= frozenMs && atMs < thawedMs - 1500);
      expect(during.length).toBeGreaterThan(0);
      expect(during.filter(({ status }) => status !== 503 && status !== 504)).toEqual([]);
      expect(
        quantile(
          during.map(({ durationMs }) => durationMs),
          0.99,
        ),
      ).toBeLessThan(1500);
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );

  test(
    'out of memory: 503, nothing evicted, and it takes events again once there is room',
    async () => {
      await story.send(20);
      const info = await story.ask.redis.info('memory');
      const used = Number(/used_memory:(\d+)/.exec(info)?.[1]);
      const [, limit = '0'] = Object.values(await story.ask.redis.config('GET', 'maxmemory')).map(String);
      await story.ask.redis.config('SET', 'maxmemory', String(used - 1_000_000));
      const fullMs = Date.now();
      const load = story.load();
      await pause(5000);
      await story.ask.redis.config('SET', 'maxmemory', limit);
      const roomMs = Date.now();
      await pause(3000);
      await load.stop();
      const during = story.attempts.filter(({ atMs }) => atMs > fullMs + 500 && atMs < roomMs - 200);
      expect(during.length).toBeGreaterThan(0);
      expect(during.filter(({ status }) => status !== 503)).toEqual([]);
      expect(/evicted_keys:(\d+)/.exec(await story.ask.redis.info('stats'))?.[1]).toBe('0');
      expect(story.attempts.at(-1)?.status).toBeLessThan(500);
      expect((await story.settle()).faults).toEqual([]);
    },
    longTestMs,
  );
});
