import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { mount } from '../../../src/http/route.ts';
import { acceptEvents } from '../../../src/ingest/accept/accept-events.ts';
import { type KeptQuality, keepQuality } from '../../../src/ingest/quality/keep-quality.ts';
import { readQualityRoute } from '../../../src/ingest/quality/quality-routes.ts';
import { type Log, openLog } from '../../../src/log/open-log.ts';
import { createMetrics, type Metrics } from '../../../src/observe/create-metrics.ts';
import { startApp, type TestApp } from '../../http/start-app.ts';
import { testEnvironment } from '../../setup/open-test-stores.ts';
import { someEvent } from '../open-door.ts';
import { type Planted, plantedItems } from './planted-items.ts';

type Process = { log: Log; quality: KeptQuality; metrics: Metrics };

const processes: Process[] = [];
const dayMs = 86_400_000;
let app: TestApp;

beforeAll(async () => {
  const prefix = `{test-${randomUUID()}}`;
  for (let at = 0; at < 3; at += 1) {
    const url = testEnvironment('REDIS_URL');
    const log = await openLog({ url, prefix, idMemoryBytes: 64_000_000, answerTimeoutMs: 5000 });
    const metrics = createMetrics();
    const deps = { ...metrics, log, onFault: (fault: unknown) => Promise.reject(fault) };
    processes.push({ log, metrics, quality: keepQuality(deps, { flushMs: 100, keptDays: 30 }) });
  }
  const [first] = processes;
  if (first === undefined) throw new Error('no process');
  const routes = mount([readQualityRoute({ keptDays: 30 })], { log: first.log, now: Date.now });
  app = await startApp({ routes });
});
afterAll(async () => {
  await app.close(1000);
  for (const { log } of processes) log.close();
});

async function send({ log, quality }: Process, items: readonly unknown[]): Promise<void> {
  const limits = { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 };
  const [count, time] = [() => undefined, () => undefined];
  await acceptEvents(
    { log, now: Date.now, count, time, limits, sawItems: quality.saw },
    { body: Buffer.from(items.map((item) => JSON.stringify(item)).join('\n')), framing: 'ndjson', wantsAll: false },
  );
}

const Corrected = z.record(z.string(), z.number());
const Numbers = z.object({
  received: z.number(),
  accepted: z.number(),
  duplicate: z.number(),
  conflict: z.number(),
  rejected: z.number(),
  unknownNames: z.number(),
  corrected: Corrected,
  late: Corrected,
});
const Item = Numbers.extend({
  receivedOn: z.string(),
  eventName: z.string(),
  byCode: z.array(z.object({ code: z.string(), pointer: z.string(), count: z.number() })),
});
const Answer = z.object({
  items: z.array(Item),
  next: z.string().nullable(),
  total: z.number(),
  totals: Numbers,
  firstDay: z.string(),
  lastDay: z.string(),
  keptDays: z.number(),
});

async function ask(query = '') {
  const response = await fetch(`${app.url}/v1/quality${query}`);
  return Answer.parse(await response.json());
}

/** The numbers of an answer as one list of words, so that a run over midnight adds up all the same. */
function flatten(items: ReadonlyArray<z.output<typeof Item>>): Map<string, number> {
  const sum = new Map<string, number>();
  const add = (word: string, count: number) => count > 0 && sum.set(word, (sum.get(word) ?? 0) + count);
  for (const { eventName, byCode, corrected, late, ...rest } of items) {
    for (const [name, count] of Object.entries(rest)) if (typeof count === 'number') add(`${eventName} ${name}`, count);
    for (const [name, count] of Object.entries(corrected)) add(`${eventName} corrected ${name}`, count);
    for (const [name, count] of Object.entries(late)) add(`${eventName} late ${name}`, count);
    for (const { code, pointer, count } of byCode) add(`${eventName} ${code} ${pointer}`, count);
  }
  return sum;
}

function expectedOf(planted: readonly Planted[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { counts } of planted) for (const word of counts) sum.set(word, (sum.get(word) ?? 0) + 1);
  return sum;
}

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].map(([word, count]) => `${word}: ${count}`).sort();

test('a stream of bad, skewed and late items through several processes is counted as it was planted', async () => {
  const planted = plantedItems().flatMap((kind) => Array.from({ length: randomInt(1, 60) }, kind));
  const order = planted.map((one) => ({ one, key: randomInt(1_000_000_000) })).sort((a, b) => a.key - b.key);
  const shares = order.map(({ one }) => ({ one, to: processes[randomInt(processes.length)] }));
  for (const process of processes) {
    const own = shares.filter(({ to }) => to === process).map(({ one }) => one.item);
    for (let from = 0; from < own.length; from += 100) await send(process, own.slice(from, from + 100));
  }
  await Promise.all(processes.map(({ quality }) => quality.stop()));
  const answer = await ask();
  expect(sorted(flatten(answer.items))).toEqual(sorted(expectedOf(planted)));
  expect(answer.totals.received).toBe(planted.length);
  expect(answer.totals.rejected + answer.totals.accepted).toBe(planted.length);
  const { fromMs, toMs } = { fromMs: Date.now() - 2 * dayMs, toMs: Date.now() + dayMs };
  const books = (await processes[0]?.log.readLedger({ fromMs, toMs })) ?? [];
  expect(books.reduce((sum, { received }) => sum + received, 0)).toBe(planted.length);
  await pages(answer.items);
  await metrics(answer.totals);
});

async function pages(items: ReadonlyArray<z.output<typeof Item>>): Promise<void> {
  const seen: string[] = [];
  let cursor = '';
  for (let page = 0; page <= items.length; page += 1) {
    const answer = await ask(`?limit=1${cursor}`);
    expect(answer).toMatchObject({ total: items.length, keptDays: 30 });
    seen.push(...answer.items.map(({ receivedOn, eventName }) => `${receivedOn} ${eventName}`));
    if (answer.next === null) break;
    cursor = `&cursor=${encodeURIComponent(answer.next)}`;
  }
  expect(seen).toEqual(items.map(({ receivedOn, eventName }) => `${receivedOn} ${eventName}`));
  expect([...seen].sort()).toEqual(seen);
}

async function metrics(totals: z.output<typeof Numbers>): Promise<void> {
  const lines = (await Promise.all(processes.map((one) => one.metrics.expose()))).flatMap(({ text }) =>
    text.split('\n'),
  );
  const sum = (start: string, holds: string) =>
    lines
      .filter((line) => line.startsWith(start) && line.includes(holds))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  expect(sum('sharetrail_rejected_items_total{', 'code="')).toBe(totals.rejected);
  expect(sum('sharetrail_rejected_items_total{event_name="other",', 'unknown_event_name')).toBeGreaterThan(0);
  expect(sum('sharetrail_doubtful_times_total{', 'kind="corrected')).toBe(totals.corrected['items']);
  expect(sum('sharetrail_doubtful_times_total{', 'kind="lateOver1Day"')).toBe(totals.late['over1Day']);
}

test('a retry counts as a duplicate, and what it carries is not counted again', async () => {
  const [process] = processes;
  if (process === undefined) throw new Error('no process');
  const event = someEvent({
    eventName: 'profile_view',
    data: { targetUserId: 'u2' },
    timestamp: '2026-01-01T00:00:00Z',
  });
  await send(process, [event]);
  await send(process, [event, { ...event, data: { targetUserId: 'u3' } }]);
  await process.quality.flush();
  const items = (await ask()).items.filter(({ eventName }) => eventName === 'profile_view');
  expect(Object.fromEntries(flatten(items))).toEqual({
    'profile_view received': 3,
    'profile_view accepted': 1,
    'profile_view duplicate': 1,
    'profile_view conflict': 1,
    'profile_view late over1Hour': 1,
    'profile_view late over1Day': 1,
  });
});

test.each([
  ['?from=2026-01-02&to=2026-01-01', 'invalid_range'],
  ['?from=2026-01-01&to=2026-01-31', 'range_too_wide'],
  ['?from=1999-12-31', 'invalid_parameter'],
  ['?to=2026-02-30', 'invalid_parameter'],
  ['?day=2026-01-01', 'unknown_parameter'],
  ['?cursor=forged', 'invalid_cursor'],
])('%s is refused', async (query, code) => {
  const response = await fetch(`${app.url}/v1/quality${query}`);
  expect([response.status, await response.json()]).toMatchObject([400, { code }]);
});

test('as many days as are kept can be asked for, and those without anything are empty', async () => {
  const answer = await ask('?from=2020-01-01&to=2020-01-30');
  expect(answer).toMatchObject({ items: [], total: 0, firstDay: '2020-01-01', lastDay: '2020-01-30' });
  expect(await ask('?to=2000-01-01')).toMatchObject({ firstDay: '1999-12-26', lastDay: '2000-01-01' });
});
