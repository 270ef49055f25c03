import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openFacts } from '../../src/facts/facts.ts';
import { keepFigures } from '../figures/keep-figures.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import {
  eventually,
  freshServiceStores,
  type ServiceStores,
  type ServiceUnderTest,
  startService,
} from './start-service.ts';

const restarts = 20;
const lanes = 3;
const batchSize = 10;
const betweenBatchesMs = 60;

const readIds = {
  path: 'the ids of the facts',
  text: 'SELECT event_id AS id, count() AS times FROM events GROUP BY event_id',
  params: z.object({}),
  row: z.object({ id: z.string(), times: z.number() }),
};

/** What the client knows: nobody else is asked what was accepted. */
type History = { addresses: string[]; acked: Set<string>; otherAnswers: string[]; unanswered: number; isOver: boolean };

describe('a service that is replaced again and again while it is loaded', () => {
  test('ends with 0 within 10 s each time, and every acknowledged event is in the facts once', async () => {
    const stores = await freshServiceStores();
    const history: History = { addresses: [], acked: new Set(), otherAnswers: [], unanswered: 0, isOver: false };
    let current = await startService(stores);
    history.addresses = [current.url];
    const sending = Array.from({ length: lanes }, () => keepSending(history));
    const exits: Array<{ code: number | null; ms: number }> = [];
    try {
      for (let restart = 0; restart < restarts; restart += 1) {
        const next = await startService(stores);
        history.addresses = [next.url, current.url];
        exits.push(await timeExit(current));
        history.addresses = [next.url];
        current = next;
      }
      history.isOver = true;
      await Promise.all(sending);
      await eventually(() => compareFacts(stores, history.acked), 60_000);
      exits.push(await timeExit(current));
    } finally {
      history.isOver = true;
      await current.kill('SIGKILL');
    }
    const slowestExitMs = Math.max(...exits.map(({ ms }) => ms));
    expect(exits.map(({ code }) => code)).toEqual(Array(restarts + 1).fill(0));
    expect(slowestExitMs).toBeLessThan(10_000);
    expect(history.otherAnswers).toEqual([]);
    expect(history.acked.size).toBeGreaterThan(restarts * batchSize);
    process.stderr.write(
      `  ${restarts} restarts, ${history.acked.size} acknowledged, ${history.unanswered} sendings without an answer, slowest exit ${Math.round(slowestExitMs)} ms\n`,
    );
    keepFigures('stop', { restarts, slowestExitMs: Math.round(slowestExitMs), acked: history.acked.size, lost: 0 });
  }, 1_200_000);
});

async function timeExit(service: ServiceUnderTest): Promise<{ code: number | null; ms: number }> {
  const startedAt = performance.now();
  return { code: await service.kill('SIGTERM'), ms: performance.now() - startedAt };
}

/** Sends one batch after the other, each until it has an answer, to whichever address takes it. */
async function keepSending(history: History): Promise<void> {
  while (!history.isOver) {
    const ids = Array.from({ length: batchSize }, () => `stop-${randomUUID()}`);
    await sendUntilAnswered(history, ids);
    for (const id of ids) history.acked.add(id);
    await sleep(betweenBatchesMs);
  }
}

async function sendUntilAnswered(history: History, ids: string[]): Promise<void> {
  const body = ids.map((id) => JSON.stringify(eventOf(id))).join('\n');
  for (;;) {
    for (const url of history.addresses) {
      const status = await post(url, body);
      if (status === 202) return;
      if (status === null) history.unanswered += 1;
      else history.otherAnswers.push(`${status}`);
    }
    await sleep(10);
  }
}

function eventOf(eventId: string): object {
  const data = { postId: `post-${eventId.slice(-1)}` };
  return { eventId, eventName: 'post_view', userId: 'u', timestamp: new Date().toISOString(), data };
}

async function post(url: string, body: string): Promise<number | null> {
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body }).catch(() => null);
  const read = await response?.arrayBuffer().catch(() => null);
  return response === null || read === null ? null : response.status;
}

async function compareFacts({ variables }: ServiceStores, acked: ReadonlySet<string>): Promise<unknown> {
  const facts = openFacts({
    url: testEnvironment('CLICKHOUSE_URL'),
    user: testEnvironment('CLICKHOUSE_USER'),
    password: testEnvironment('CLICKHOUSE_PASSWORD'),
    database: variables['CLICKHOUSE_DATABASE'] ?? '',
    poolSize: 1,
    timeoutMs: 20_000,
  });
  const rows = await facts.select(readIds, {});
  await facts.close();
  const stored = new Set(rows.map(({ id }) => id));
  const missing = [...acked].filter((id) => !stored.has(id)).length;
  const invented = rows.filter(({ id }) => !acked.has(id)).length;
  const doubled = rows.filter(({ times }) => times !== 1).length;
  return (missing === 0 && invented === 0 && doubled === 0) || { missing, invented, doubled };
}
