import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { readCursor } from '../../../src/project/graph/cursor.ts';
import { acceptInto, openTestLog } from '../../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../../setup/open-test-stores.ts';
import { projectFacts, recountFacts } from '../facts/open-facts-turn.ts';
import { projectGraph, readPosts, stream, sumTallies } from './open-graph-turn.ts';

let graph: Graph;
let facts: Facts;
let log: Log;

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
  // A door with so small a memory that it forgets after a few dozen ids.
  log = await openTestLog(4000);
});
afterEach(async () => {
  log.close();
  await facts.close();
});

const longAgo = '2020-01-01T00:00:00Z';

function post(postId: string): object {
  return { eventId: `e-${postId}`, eventName: 'post_created', userId: 'ada', timestamp: longAgo, data: { postId } };
}

function share(shareId: string, postId: string): object {
  const data = { postId, shareId };
  return { eventId: `e-${shareId}`, eventName: 'post_share', userId: 'bob', timestamp: longAgo, data };
}

async function forget(): Promise<void> {
  for (let filler = 0; filler < 40; filler += 1) {
    const eventId = randomUUID();
    const timestamp = Date.now() - 1000;
    await acceptInto(log, [{ eventId, eventName: 'post_view', userId: 'u', timestamp, data: { postId: 'root' } }]);
  }
}

const shares = Array.from({ length: 12 }, (_, index) => share(`s${index}`, index === 0 ? 'root' : `s${index - 1}`));

describe('events that come again after the door has forgotten them', () => {
  test('count once in both stores, however they are cut; the same id with other content leaves no edge', async () => {
    await acceptInto(log, [post('root'), ...shares.slice(0, 5)]);
    await acceptInto(log, shares.slice(5));
    await forget();
    // The same again, cut in another way, with one id that means something else now, and something new.
    const other = { ...share('other', 'root'), eventId: 'e-s3' };
    expect(await acceptInto(log, [...shares.slice(8), other, share('new', 's11')])).toBe(6);
    expect(await acceptInto(log, [post('root'), ...shares.slice(0, 3), ...shares.slice(4, 8)])).toBe(8);
    const stores = { graph, facts, log };
    await Promise.all([projectGraph(stores), projectFacts(stores)]);
    const posts = await graph.read(readPosts, {});
    expect(posts.map(({ id }) => id).sort()).toEqual(['new', 'root', ...shares.map((_, index) => `s${index}`)].sort());
    expect(posts.every(({ id, edges }) => edges === (id === 'root' ? 0 : 1))).toBe(true);
    expect(await graph.read(sumTallies, {})).toMatchObject([
      { stored: 14, notForThisStore: 40, lateDuplicate: 12, lateConflict: 1, deadLettered: 0, seq: 67 },
    ]);
    const [counts] = await facts.select(recountFacts, {});
    expect(counts).toMatchObject({ events: 54, ids: 54, indexed: 54, shares: 13, outcomes: 13 });
  });

  test('wait for the facts, while what stands before them goes on', async () => {
    await acceptInto(log, [post('root')]);
    await forget();
    await acceptInto(
      log,
      [share('certain', 'root'), post('root')].map((event) => ({ ...event, timestamp: Date.now() })),
    );
    const before = await log.lastId();
    await acceptInto(log, [share('late', 'root')]);
    const stores = { graph, facts, log };
    const projecting = projectGraph(stores);
    for (let left = 200; left > 0 && (await readCursor(graph, stream))?.position !== before; left -= 1) await delay(50);
    await delay(200);
    expect((await readCursor(graph, stream))?.position).toBe(before);
    await projectFacts(stores);
    await projecting;
    expect((await graph.read(readPosts, {})).map(({ id }) => id)).toContain('late');
  });
});
