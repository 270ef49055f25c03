import { z } from 'zod';
import { problem } from '../../../src/http/problem.ts';
import { rememberAnswers } from '../../../src/http/remember/remember-answers.ts';
import { mount, route } from '../../../src/http/route.ts';
import { createMetrics, type Metrics } from '../../../src/observe/create-metrics.ts';
import { startApp, type TestApp } from '../start-app.ts';

type World = { asked: number; nowMs: number; watermark: string | null; isOpen: Promise<void>; fails: boolean };

let app: TestApp;
let metrics: Metrics;
let world: World;

const readNumbers = route<{ world: () => World }>()({
  method: 'GET',
  path: '/v1/numbers/{name}',
  operationId: 'readNumbers',
  scope: 'posts:read',
  tags: ['posts'],
  summary: 'x',
  remember: { fixedBy: ['to'] },
  params: z.object({ name: z.string() }),
  query: z.object({ to: z.string().optional(), size: z.number().int().default(1), by: z.string().optional() }),
  replies: { 200: { description: 'x', schema: z.object({ asked: z.number(), text: z.string() }) } },
  answer: async (deps, { query, header, signal }) => {
    const now = deps.world();
    now.asked += 1;
    const { asked } = now;
    await now.isOpen;
    if (now.fails || signal.aborted) throw problem(503, 'not_now', 'Not now.');
    const text = (header('x-who') ?? 'x').repeat(query.size);
    return { status: 200, body: { asked, text }, headers: { 'X-Asked': String(asked) } };
  },
});

beforeEach(async () => {
  world = { asked: 0, nowMs: 1_000_000, watermark: 'one', isOpen: Promise.resolve(), fails: false };
  metrics = createMetrics();
  const deps = {
    watermark: async () => world.watermark,
    now: () => world.nowMs,
    onRecall: metrics.sawRecall,
    onKeep: metrics.sawKeep,
  };
  const limits = { maxBytes: 10_000, maxAgeMs: 60_000 };
  app = await startApp({ routes: rememberAnswers(deps, limits, mount([readNumbers], { world: () => world })) });
});
afterEach(() => app.close(1000));

async function ask(path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${app.url}/v1/numbers/${path}`, { headers });
  const body = z.object({ asked: z.number() }).safeParse(await response.json());
  return body.success ? `${body.data.asked} ${response.headers.get('x-asked')}` : String(response.status);
}

async function numbers(): Promise<string[]> {
  const { text } = await metrics.expose();
  return text.split('\n').filter((line) => line.startsWith('sharetrail_remembered_'));
}

test('the same question is answered from memory until something has moved, or it is too old', async () => {
  expect(await ask('a?to=1&by=x')).toBe('1 1');
  world.nowMs += 59_999;
  expect(await ask('a?by=x&to=1', { 'x-who': 'another' })).toBe('1 1');
  world.nowMs += 1;
  expect(await ask('a?to=1&by=x')).toBe('2 2');
  world.watermark = 'two';
  expect(await ask('a?to=1&by=x')).toBe('3 3');
  expect(await ask('a?to=1&by=x')).toBe('3 3');
  world.watermark = 'one';
  expect(await ask('a?to=1&by=x')).toBe('4 4');
});

test('another question is another, in its path and in every parameter', async () => {
  const others = ['a?to=1', 'a?to=2', 'b?to=1', 'a?to=1&by=x', 'a?to=1&by=y', 'a%2Fb?to=1', 'a?to=1&size=2'];
  for (const [at, other] of others.entries()) expect(await ask(other)).toBe(`${at + 1} ${at + 1}`);
  for (const [at, other] of others.entries()) expect(await ask(other)).toBe(`${at + 1} ${at + 1}`);
});

test('an answer of this moment is shared within a second', async () => {
  expect([await ask('a'), await ask('a')]).toEqual(['1 1', '1 1']);
  world.nowMs += 1000;
  expect([await ask('a'), await ask('a')]).toEqual(['2 2', '2 2']);
});

test('nothing is kept while nobody knows what has moved', async () => {
  world.watermark = null;
  expect([await ask('a?to=1'), await ask('a?to=1')]).toEqual(['1 1', '2 2']);
});

test('those who ask at once get one answer, also where the first of them goes away', async () => {
  let open = (): void => undefined;
  world.isOpen = new Promise((resolve) => {
    open = resolve;
  });
  const leaving = new AbortController();
  const left = fetch(`${app.url}/v1/numbers/a?to=1`, { signal: leaving.signal }).catch(() => 'left');
  while (world.asked === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const waiting = [ask('a?to=1'), ask('a?to=1'), ask('a?to=1')];
  leaving.abort();
  while (!(await numbers()).includes('sharetrail_remembered_answers_total{outcome="shared"} 3')) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  open();
  expect(await left).toBe('left');
  expect(await Promise.all(waiting)).toEqual(['1 1', '1 1', '1 1']);
});

test('what failed, and what cannot be asked, is not kept', async () => {
  world.fails = true;
  expect([await ask('a?to=1'), await ask('a?to=1'), await ask('a?to=1&wrong=1')]).toEqual(['503', '503', '400']);
  world.fails = false;
  expect([await ask('a?to=1'), await ask('a?to=1')]).toEqual(['3 3', '3 3']);
});

test('the bytes are bounded, and what is larger than all of them is passed through', async () => {
  expect([await ask('a?to=1&size=10000'), await ask('a?to=1&size=10000')]).toEqual(['1 1', '2 2']);
  for (let at = 0; at < 10; at += 1) await ask(`a?to=${at}&size=3000`);
  expect(world.asked).toBe(12);
  expect(await ask('a?to=9&size=3000')).toBe('12 12');
  expect(await ask('a?to=0&size=3000')).toBe('13 13');
  const seen = await numbers();
  expect(seen).toEqual(
    expect.arrayContaining([
      'sharetrail_remembered_answers_total{outcome="miss"} 13',
      'sharetrail_remembered_answers_total{outcome="hit"} 1',
      'sharetrail_remembered_evictions_total 9',
    ]),
  );
  const bytes = Number(seen.find((line) => line.startsWith('sharetrail_remembered_bytes'))?.split(' ')[1]);
  expect(bytes).toBeGreaterThan(6000);
  expect(bytes).toBeLessThanOrEqual(10_000);
});
