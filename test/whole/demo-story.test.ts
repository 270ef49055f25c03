import { generateEvents } from '../../src/demo/generate-events.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { postBatchTo } from '../../src/demo/post-batch.ts';
import { storyPosts } from '../../src/demo/stories/story-posts.ts';
import { type Recount, recountCascades } from '../demo/recount-cascades.ts';
import { eventually, freshServiceStores, readJson, type ServiceUnderTest, startService } from './start-service.ts';

const plan = { seed: 11, events: 50_000, endAtMs: Date.now() };
const recounted = recountCascades(generateEvents(plan));
let service: ServiceUnderTest;

beforeAll(async () => {
  service = await startService(await freshServiceStores());
}, 90_000);

afterAll(async () => {
  await service.kill('SIGTERM');
}, 30_000);

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** A recount in the words of the summary. */
function expectedSummary(recount: Recount): Record<string, unknown> {
  const { rootPostId, authorId, size, shares, accounts, depth, maxBreadth, depthHistogram, pending } = recount;
  return {
    rootPostId,
    authorId,
    size,
    shares,
    accounts,
    depth,
    maxBreadth,
    pending,
    createdAt: iso(recount.createdAtMs),
    depthHistogram: [...depthHistogram],
    meanDepth: expect.closeTo(recount.meanDepth, 9),
    structuralVirality: recount.structuralVirality === null ? null : expect.closeTo(recount.structuralVirality, 9),
    wienerIndex: String(recount.wienerIndex),
    leafFraction: expect.closeTo(recount.leafFraction, 9),
    broadcastRatio: recount.broadcastRatio === null ? null : expect.closeTo(recount.broadcastRatio, 9),
    largestBroadcast: recount.largestBroadcast,
    firstShareAt: iso(recount.firstShareAtMs),
    lastShareAt: iso(recount.lastShareAtMs),
    timeToDepth: recount.timeToDepth.map(({ depth: at, atMs }) => timeEntry(recount, { depth: at }, atMs)),
    timeToSize: recount.timeToSize.map(({ size: at, atMs }) => timeEntry(recount, { size: at }, atMs)),
  };
}

function timeEntry(recount: Recount, key: object, atMs: number): Record<string, unknown> {
  return { ...key, at: iso(atMs), afterMs: atMs - recount.createdAtMs };
}

describe('50,000 demo events through the running service', () => {
  test('are all accepted and end in both stores', async () => {
    const loaded = await loadDemo({ post: postBatchTo({ url: service.url }) }, plan);
    // A batch whose answer was late is sent again; its events are then repeats, and nothing else may be.
    expect(loaded).toMatchObject({ sent: 50_000, conflict: 0, rejected: 0 });
    expect(loaded.accepted + loaded.duplicate).toBe(50_000);
    if (loaded.retries === 0) expect(loaded.duplicate).toBe(0);
    for (const receipt of loaded.receipts) {
      await eventually(async () => {
        const { state } = await readJson(`${service.url}/v1/receipts/${receipt}`);
        return state === 'projected' || state;
      }, 60_000);
    }
  }, 120_000);

  test('give summaries whose every number equals an independent recount', async () => {
    const roots = [...recounted.cascades.values()];
    const large = roots.filter((recount) => recount.shares > 0).sort((left, right) => right.shares - left.shares);
    const lone = roots.filter((recount) => recount.shares === 0).slice(0, 50);
    for (const recount of [...large, ...lone]) {
      const url = `${service.url}/v1/cascades/${encodeURIComponent(recount.rootPostId)}`;
      expect(await readJson(url)).toMatchObject(expectedSummary(recount));
    }
  }, 180_000);

  test('are listed with the same totals, page after page', async () => {
    const listed: Array<[unknown, unknown]> = [];
    let cursor = '';
    do {
      const page = await readJson(`${service.url}/v1/cascades?minShares=1&limit=1000${cursor}`);
      const items: unknown = page['items'];
      if (!Array.isArray(items)) throw new Error('the list has no items');
      for (const item of items) listed.push([item.rootPostId, item.shares]);
      cursor = typeof page['next'] === 'string' ? `&cursor=${encodeURIComponent(page['next'])}` : '';
    } while (cursor !== '');
    const expected = [...recounted.cascades.values()].filter((recount) => recount.shares > 0);
    expect(new Map(listed)).toEqual(new Map(expected.map((recount) => [recount.rootPostId, recount.shares])));
  });

  test('agree in both stores within 60 s', async () => {
    const shared = [...recounted.cascades.values()].filter((recount) => recount.shares > 0);
    for (const { rootPostId, shares } of shared) {
      await eventually(async () => {
        const { stores } = await readJson(`${service.url}/v1/cascades/${encodeURIComponent(rootPostId)}`);
        const wanted = { drift: 0, graph: { shares }, facts: { shares } };
        return isLike(stores, wanted) || stores;
      }, 60_000);
    }
  }, 120_000);

  test('tell the planted stories', async () => {
    const { organic, burst, rumour } = storyPosts();
    expect(Number((await readJson(`${service.url}/v1/cascades/${organic}`))['shares'])).toBeGreaterThan(1000);
    expect(Number((await readJson(`${service.url}/v1/cascades/${burst}`))['depth'])).toBeLessThan(5);
    expect(Number((await readJson(`${service.url}/v1/cascades/${rumour}`))['depth'])).toBeGreaterThan(24);
  });
});

function isLike(value: unknown, wanted: object): boolean {
  try {
    expect(value).toMatchObject(wanted);
    return true;
  } catch {
    return false;
  }
}
