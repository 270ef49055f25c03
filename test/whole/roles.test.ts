import { randomUUID } from 'node:crypto';
import { eventually, freshServiceStores, readJson, type ServiceUnderTest, startService } from './start-service.ts';

let door: ServiceUnderTest;
let worker: ServiceUnderTest;

beforeAll(async () => {
  const stores = await freshServiceStores();
  worker = await startService(stores, 'project,jobs');
  door = await startService(stores, 'api');
}, 120_000);

afterAll(async () => {
  await Promise.all([door.kill('SIGTERM'), worker.kill('SIGTERM')]);
}, 30_000);

async function send(path: string, events: object[]): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${door.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ events }) });
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new Error('no object');
  return { status: response.status, ...body };
}

function share(from: string, to: string, rootPostId?: string): object {
  const data = { postId: from, shareId: to, ...(rootPostId === undefined ? {} : { rootPostId }) };
  return { eventId: `e-${to}`, eventName: 'post_share', userId: `u-${to}`, timestamp: '2026-01-01T12:05:00Z', data };
}

function original(postId: string): object {
  const timestamp = '2026-01-01T12:00:00Z';
  return { eventId: `e-${postId}`, eventName: 'post_created', userId: `u-${postId}`, timestamp, data: { postId } };
}

describe('a door and a worker in processes of their own', () => {
  test('an answer that waited is followed by a current cascade', async () => {
    const [root, first, second] = [randomUUID(), randomUUID(), randomUUID()];
    const answer = await send('/v1/events?wait=projected', [share(first, second), original(root), share(root, first)]);
    expect(answer).toMatchObject({ status: 200, accepted: 3, state: 'projected' });
    expect(await readJson(`${door.url}/v1/cascades/${root}`)).toMatchObject({ shares: 2, depth: 2, pending: 0 });
    expect(await readJson(`${door.url}/v1/posts/${second}/path`)).toMatchObject({
      sharePath: `${root}/${first}/${second}`,
    });
  });

  test('a second event that makes a post is a late conflict in its receipt and in no count', async () => {
    const [root, copy, other] = [randomUUID(), randomUUID(), randomUUID()];
    await send('/v1/events?wait=projected', [original(root), original(other), share(root, copy)]);
    const taken = await send('/v1/events?wait=projected', [{ ...share(other, copy), eventId: `again-${copy}` }]);
    expect(taken).toMatchObject({ status: 207, accepted: 1, state: 'settled' });
    expect(await readJson(`${door.url}/v1/cascades/${other}`)).toMatchObject({ shares: 0 });
    expect(await readJson(`${door.url}/v1/posts/${copy}`)).toMatchObject({ parentPostId: root });
  });

  test('a hint that was wrong is said in the receipt of its event', async () => {
    const [root, copy] = [randomUUID(), randomUUID()];
    await send('/v1/events?wait=projected', [original(root), share(root, copy, 'somewhere-else')]);
    expect(await readJson(`${door.url}/v1/events/e-${copy}`)).toMatchObject({
      status: 'stored',
      warnings: [{ code: 'root_differs' }],
    });
  });

  test('a share waits for its parent, and its cascade says so', async () => {
    const [root, copy] = [randomUUID(), randomUUID()];
    await send('/v1/events?wait=projected', [share(`missing-${root}`, copy, root), original(root)]);
    expect(await readJson(`${door.url}/v1/cascades/${root}`)).toMatchObject({ shares: 0, pending: 1 });
    expect(await readJson(`${door.url}/v1/posts/${copy}`)).toMatchObject({ state: 'pending', rootPostId: null });
  });

  test('the worker that reconciles is another process than the one that answers', async () => {
    const [root, copy] = [randomUUID(), randomUUID()];
    await send('/v1/events?wait=projected', [original(root), share(root, copy)]);
    await eventually(async () => {
      const { stores } = await readJson(`${door.url}/v1/cascades/${root}`);
      return JSON.stringify(stores).includes('"drift":0') || stores;
    }, 60_000);
  }, 70_000);

  test('SIGTERM ends both with 0 within 10 s', async () => {
    const startedAtMs = Date.now();
    expect(await Promise.all([door.kill('SIGTERM'), worker.kill('SIGTERM')])).toEqual([0, 0]);
    expect(Date.now() - startedAtMs).toBeLessThan(10_000);
  }, 20_000);
});
