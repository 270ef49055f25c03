import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

const view = (eventId: string, timestamp: string): PostedEvent => ({
  eventId,
  eventName: 'post_view',
  userId: 'ann',
  timestamp,
  data: { postId: 'p', viewDurationMs: 4000 },
});

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores({ quarterDays: 10 });
  await stores.accept([view('old', '2025-01-05T10:00:00.000Z'), view('new', '2026-02-20T10:00:00.000Z')]);
  const columns = ['root_id', 'generation', 'seq', 'post_id', 'parent_seq', 'depth', 'link_seq'];
  await stores.facts.insert({ table: 'lineage', columns, token: 'p' }, [['p', 0, 0, 'p', 0, 0, 1]]);
});
afterAll(() => stores.close());

const ask = (path: string) => stores.get(path);

describe('what has expired', () => {
  test('is summed by day and not final as long as every event is there', async () => {
    expect(await ask('/v1/cascades/p/engagement')).toMatchObject({ body: { views: 2, final: false } });
    expect(await ask('/v1/posts/p/engagement?from=2025-01-01T00:00:00Z')).toMatchObject({ body: { views: 2 } });
  });

  test('stays in sums by day, which are final then, and is not counted by event any more', async () => {
    const outcome = {
      table: 'outcomes',
      columns: ['accept_seq', 'event_id', 'status', 'code', 'accepted_at'],
      token: 'o',
    };
    await stores.facts.insert(outcome, [[1, 'old', 'expired', 'post_view', Date.parse('2025-01-05T10:00:00Z')]]);
    await stores.facts.command("DELETE FROM events WHERE event_id = 'old'");
    expect(await ask('/v1/cascades/p/engagement')).toMatchObject({ body: { views: 2, final: true } });
    expect(await ask('/v1/posts/p/engagement?from=2025-01-06T09:00:00Z')).toMatchObject({
      status: 422,
      body: { code: 'facts_expired', wholeFrom: '2025-01-06T10:00:00.000Z' },
    });
    expect(await ask('/v1/posts/p/engagement?from=2025-01-06T10:00:00Z')).toMatchObject({ body: { views: 1 } });
  });

  test('of quarters of an hour are windows that began too long ago', async () => {
    // Quarters are kept for ten days up to the first of March.
    expect(await ask('/v1/trending?window=24h&to=2026-02-20T12:00:00Z')).toMatchObject({ body: { total: 1 } });
    expect(await ask('/v1/trending?window=24h&to=2026-02-19T23:00:00Z')).toMatchObject({
      status: 422,
      body: { code: 'window_too_old', oldest: '2026-02-19T00:00:00.000Z' },
    });
  });
});
