import { Redis } from 'ioredis';
import { buildApp } from '../../src/http/build-app.ts';
import { type Listening, listen } from '../../src/http/listen.ts';
import { systemRoutes } from '../../src/http/system-routes.ts';
import { openRawLine, type RawLine } from '../../src/log/redis/open-raw-line.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics } from '../../src/observe/create-metrics.ts';
import { startRedis, type TestRedis } from '../log/start-redis.ts';
import { exampleRoutes } from './example-routes.ts';
import { readProblem } from './read-problem.ts';

let redis: TestRedis;
let line: RawLine;
const running: Listening[] = [];
let run = 0;

beforeAll(async () => {
  redis = await startRedis();
  line = await openRawLine({ url: redis.url, name: 'test-limits', answerTimeoutMs: 250, onError: () => undefined });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(100)));
});
afterAll(async () => {
  line.close();
  await redis.stop();
});

type Plan = { perMinute?: number; limitsLoopback?: boolean; trustProxy?: number | string; prefix?: string };

async function startLimited({ trustProxy, ...plan }: Plan): Promise<string> {
  run += 1;
  const [logger, metrics, routes] = [createLogger({ level: 'silent' }), createMetrics(), exampleRoutes()];
  const version = { name: 'example', version: '1.2.3' };
  const check = async () => undefined;
  const api = { title: 'Example', version: '1' };
  const system = systemRoutes({ routes, metrics, logger, checks: {}, ingestCheck: check, api, version });
  const requestLimits = {
    perMinute: 5,
    keysPerAddress: 3,
    limitsLoopback: true,
    processes: 2,
    prefix: `test-${run}`,
    sendCommand: line.send,
    ...plan,
  };
  const app = buildApp({
    routes: [...routes, ...system],
    logger,
    metrics,
    trustProxy: trustProxy ?? false,
    requestLimits,
  });
  const server = await listen({ app, host: '127.0.0.1', port: 0 });
  running.push(server);
  return server.url;
}

const ask = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/v1/posts/count`, { headers });

async function statuses(url: string, count: number, headers: Record<string, string> = {}): Promise<number[]> {
  const seen: number[] = [];
  for (let sent = 0; sent < count; sent += 1) seen.push((await ask(url, headers)).status);
  return seen;
}

function allowed(count: number, refused: number): number[] {
  return [...Array(count).fill(200), ...Array(refused).fill(429)];
}

describe('requests of one address', () => {
  test('are told what is left, and answered 429 with Retry-After above their limit', async () => {
    const url = await startLimited({});
    const first = await ask(url);
    expect(first.headers.get('ratelimit')).toMatch(/^"address"; r=4; t=(59|60)$/);
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"address"; q=5; w=60; pk=:[\w=]+:$/);
    expect(await statuses(url, 6)).toEqual(allowed(4, 2));
    const refused = await ask(url);
    expect(refused.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(await readProblem(refused)).toMatchObject({ status: 429, code: 'rate_limited' });
  });

  test('are counted together by all processes', async () => {
    const [one, other] = await Promise.all([startLimited({ prefix: 'shared' }), startLimited({ prefix: 'shared' })]);
    expect(await statuses(one, 3)).toEqual(allowed(3, 0));
    expect(await statuses(other, 4)).toEqual(allowed(2, 2));
  });

  test('never keep anyone from seeing whether the service lives', async () => {
    const url = await startLimited({});
    await statuses(url, 6);
    for (const path of ['/livez', '/readyz', '/readyz/ingest', '/metrics']) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${url}${path}`)));
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect(answers[0]?.headers.get('ratelimit')).toBeNull();
    }
    expect((await fetch(`${url}/version`)).status).toBe(429);
  });

  test('are not limited on the loopback unless that is asked for, nor where the limit is 0', async () => {
    for (const plan of [{ limitsLoopback: false }, { perMinute: 0 }]) {
      const url = await startLimited(plan);
      expect(await statuses(url, 12)).toEqual(allowed(12, 0));
      expect((await ask(url)).headers.get('ratelimit')).toBeNull();
    }
  });

  test('a client cannot write its own address, unless a proxy in front is trusted to', async () => {
    const forged = (place: number) => ({ 'x-forwarded-for': `203.0.113.${place}` });
    const distrusting = await startLimited({});
    for (let place = 0; place < 5; place += 1) await ask(distrusting, forged(place));
    expect((await ask(distrusting, forged(99))).status).toBe(429);
    const trusting = await startLimited({ trustProxy: 'loopback' });
    expect(await statuses(trusting, 6, forged(1))).toEqual(allowed(5, 1));
    expect((await ask(trusting, forged(2))).status).toBe(200);
    // Two proxies deep: what the client wrote itself stands further left and is not believed.
    const spoofed = { 'x-forwarded-for': '198.51.100.7, 203.0.113.1' };
    expect((await ask(trusting, spoofed)).status).toBe(429);
  });

  test('of IPv6 are those of its network of 64 bits', async () => {
    const url = await startLimited({ trustProxy: 1 });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let place = 1; place <= 5; place += 1) await ask(url, from(`2001:db8:1:2::${place}`));
    expect((await ask(url, from('2001:db8:1:2:ffff::9'))).status).toBe(429);
    expect((await ask(url, from('2001:db8:1:3::1'))).status).toBe(200);
  });
});

describe('requests with a key', () => {
  test('are counted by key, in whichever header it comes', async () => {
    const url = await startLimited({});
    expect(await statuses(url, 6, { authorization: 'Bearer one-secret' })).toEqual(allowed(5, 1));
    expect((await ask(url, { 'x-api-key': 'one-secret' })).status).toBe(429);
    const other = await ask(url, { 'x-api-key': 'another' });
    expect(other.status).toBe(200);
    expect(other.headers.get('ratelimit')).toMatch(/"key"; r=4; t=\d+/);
    // Whoever has no key is counted for itself.
    expect((await ask(url)).status).toBe(200);
  });

  test('invented one after the other do not lift the limit of their address', async () => {
    const url = await startLimited({});
    const seen: number[] = [];
    for (let place = 0; place < 16; place += 1) seen.push((await ask(url, { 'x-api-key': `k${place}` })).status);
    expect(seen).toEqual(allowed(15, 1));
  });

  test('leave no key behind in Redis', async () => {
    const url = await startLimited({ prefix: 'hashed' });
    await ask(url, { authorization: 'Bearer very-secret-token' });
    const client = new Redis(redis.url);
    const keys = await client.keys('hashed*');
    client.disconnect();
    expect(keys).toContainEqual(expect.stringMatching(/^hashed:key:[\w-]{22}$/));
    expect(keys.join()).not.toContain('secret');
  });
});

describe('without Redis', () => {
  test('each process allows its part, and they share again when Redis is back', async () => {
    const url = await startLimited({ perMinute: 8, prefix: 'gone' });
    expect(await statuses(url, 2)).toEqual(allowed(2, 0));
    await redis.kill('SIGKILL');
    const startedAt = Date.now();
    expect(await statuses(url, 6)).toEqual(allowed(4, 2));
    expect(Date.now() - startedAt).toBeLessThan(2000);
    await redis.restart();
    // The two from before are on disk.
    const deadline = Date.now() + 5000;
    let answer = await ask(url);
    while (answer.status !== 200 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answer = await ask(url);
    }
    expect(answer.headers.get('ratelimit')).toMatch(/^"address"; r=5/);
  }, 20_000);

  test('frozen, it holds a request up no longer than its patience', async () => {
    const url = await startLimited({ prefix: 'frozen' });
    await redis.kill('SIGSTOP');
    try {
      const startedAt = Date.now();
      expect(await statuses(url, 4)).toEqual(allowed(2, 2));
      expect(Date.now() - startedAt).toBeLessThan(1000);
    } finally {
      await redis.kill('SIGCONT');
    }
  });

  test('a service that starts without it counts for itself, and together once it is there', async () => {
    await redis.kill('SIGKILL');
    const url = await startLimited({ prefix: 'late' });
    expect(await statuses(url, 3)).toEqual(allowed(2, 1));
    await redis.restart();
    const deadline = Date.now() + 5000;
    while ((await ask(url)).status !== 200 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 50));
    expect((await ask(url)).headers.get('ratelimit')).toMatch(/^"address"; r=3/);
  }, 20_000);
});

test('a limit is looked at before a body is read', async () => {
  const url = await startLimited({ perMinute: 1 });
  await ask(url);
  const body = new Uint8Array(900_000);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/v1/echo`, { method: 'POST', body, headers });
  expect(answer.status).toBe(429);
});
