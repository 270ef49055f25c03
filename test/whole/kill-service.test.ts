import { z } from 'zod';
import { generateEvents } from '../../src/demo/generate-events.ts';
import { openFacts } from '../../src/facts/facts.ts';
import { recountCascades } from '../demo/recount-cascades.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { eventually, freshServiceStores, readJson, type ServiceStores, startService } from './start-service.ts';

const kills = 4;
const batchSize = 200;
const events = [...generateEvents({ seed: 23, events: 12_000, endAtMs: Date.now(), prefix: 'kill-' })];

const countFacts = {
  path: 'a recount of the facts',
  text: `SELECT (SELECT count() FROM events) AS events, (SELECT uniqExact(event_id) FROM events) AS ids,
    (SELECT count() FROM event_ids) AS indexed, (SELECT count() FROM lineage) AS places,
    (SELECT uniqExact(post_id) FROM lineage) AS posts, (SELECT sum(posts) FROM cascades) AS rolledUp`,
  params: z.object({}),
  row: z.object({
    events: z.number(),
    ids: z.number(),
    indexed: z.number(),
    places: z.number(),
    posts: z.number(),
    rolledUp: z.number(),
  }),
};

describe('a service that is killed again and again while it is loaded', () => {
  test('loses nothing that was accepted and doubles nothing', async () => {
    const stores = await freshServiceStores();
    await loadThroughKills(stores);
    const service = await startService(stores);
    const posts = recountCascades(events).posts.size;
    try {
      const wanted = {
        events: events.length,
        ids: events.length,
        indexed: events.length,
        places: posts,
        posts,
        rolledUp: posts,
      };
      await eventually(async () => {
        const counts = await countStored(stores);
        return JSON.stringify(counts) === JSON.stringify(wanted) || { counts, wanted };
      }, 60_000);
      await expectRecount(service.url);
    } finally {
      await service.kill('SIGTERM');
    }
  }, 240_000);
});

/** The client sends every batch until it has an answer, as the promise asks of it; the same ids make that safe. */
async function loadThroughKills(stores: ServiceStores): Promise<void> {
  let service = await startService(stores);
  const perLife = Math.ceil(events.length / batchSize / (kills + 1));
  for (let from = 0, sent = 0; from < events.length; from += batchSize, sent += 1) {
    const body = events
      .slice(from, from + batchSize)
      .map((event) => JSON.stringify(event))
      .join('\n');
    const answering = post(service.url, body);
    if (sent > 0 && sent % perLife === 0) {
      await service.kill('SIGKILL');
      await answering;
      service = await startService(stores);
    }
    if ((await answering) !== 202) expect(await post(service.url, body)).toBe(202);
  }
  await service.kill('SIGKILL');
}

async function post(url: string, body: string): Promise<number | null> {
  const headers = { 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body }).catch(() => null);
  await response?.arrayBuffer().catch(() => undefined);
  return response?.status ?? null;
}

async function countStored({ variables }: ServiceStores): Promise<unknown> {
  const facts = openFacts({
    url: testEnvironment('CLICKHOUSE_URL'),
    user: testEnvironment('CLICKHOUSE_USER'),
    password: testEnvironment('CLICKHOUSE_PASSWORD'),
    database: variables['CLICKHOUSE_DATABASE'] ?? '',
    poolSize: 1,
    timeoutMs: 20_000,
  });
  const [counts] = await facts.select(countFacts, {});
  await facts.close();
  return counts;
}

async function expectRecount(url: string): Promise<void> {
  for (const recount of recountCascades(events).cascades.values()) {
    if (recount.shares === 0) continue;
    const { shares, depth, wienerIndex } = await readJson(
      `${url}/v1/cascades/${encodeURIComponent(recount.rootPostId)}`,
    );
    expect([recount.rootPostId, shares, depth, wienerIndex]).toEqual([
      recount.rootPostId,
      recount.shares,
      recount.depth,
      String(recount.wienerIndex),
    ]);
  }
}
