import { acceptedAt as asOf, type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { post, share } from './changes.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    post('1', 'a'),
    share('2', { of: '1', by: 'b', afterMs: 1000 }),
    share('4', { of: '1', by: 'd', afterMs: 3000 }),
    share('3', { of: '2', by: 'c', afterMs: 2000 }),
    share('5', { of: '3', by: 'e', afterMs: 4000 }),
    post('alone', 'a', 60_000),
    share('waits', { of: 'missing', by: 'x', afterMs: 1, rootHint: '1' }),
    share('waits too', { of: 'waits', by: 'x', afterMs: 2, rootHint: 'missing' }),
    share('of old', { of: 'old', by: 'z', afterMs: 7, rootHint: 'old' }),
    // In UTF-16 the second id would come before the first; in bytes it comes after.
    post('tie', 'z', 120_000),
    share('ｚ', { of: 'tie', by: 'z', afterMs: 120_001 }),
    share('😀', { of: 'ｚ', by: 'y', afterMs: 119_990 }),
    share('last', { of: '😀', by: 'z', afterMs: 120_002 }),
  ]);
});
afterAll(() => stores.close());

const notReconciled = {
  graph: { shares: null, asOf: null },
  facts: { shares: null, asOf: null },
  drift: null,
  lastReconciledAt: null,
};
const at = (second: number) => `2026-01-01T12:00:0${second}.000Z`;

describe('GET /v1/cascades/{rootPostId}', () => {
  test('is the whole summary', async () => {
    const { status, body } = await stores.get('/v1/cascades/1');
    expect(status).toBe(200);
    expect(body).toEqual({
      rootPostId: '1',
      authorId: 'a',
      createdAt: at(0),
      size: 5,
      shares: 4,
      accounts: 5,
      depth: 3,
      meanDepth: 1.4,
      maxBreadth: 2,
      depthHistogram: [1, 2, 1, 1],
      structuralVirality: 2,
      wienerIndex: '20',
      leafFraction: 0.4,
      broadcastRatio: 0.5,
      largestBroadcast: { postId: '1', shares: 2 },
      firstShareAt: at(1),
      lastShareAt: at(4),
      timeToDepth: [
        { depth: 1, at: at(1), afterMs: 1000 },
        { depth: 2, at: at(2), afterMs: 2000 },
        { depth: 3, at: at(4), afterMs: 4000 },
      ],
      timeToSize: [{ size: 2, at: at(1), afterMs: 1000 }],
      pending: 1,
      percentile: { band: '4-8', among: 0, depth: null, maxBreadth: null, structuralVirality: null, asOf: null },
      assumed: false,
      removedAt: null,
      stores: notReconciled,
      at: null,
      asOf,
    });
  });

  test('of a lone root has nulls where there is nothing to measure', async () => {
    const { body } = await stores.get('/v1/cascades/alone');
    expect(body).toMatchObject({
      size: 1,
      shares: 0,
      accounts: 1,
      depth: 0,
      meanDepth: 0,
      maxBreadth: 1,
      depthHistogram: [1],
      structuralVirality: null,
      wienerIndex: '0',
      leafFraction: 1,
      broadcastRatio: null,
      largestBroadcast: { postId: 'alone', shares: 0 },
      firstShareAt: null,
      lastShareAt: null,
      timeToDepth: [],
      timeToSize: [],
    });
  });

  test('breaks ties by post id in byte order, and shows clocks that were wrong as they were', async () => {
    const { body } = await stores.get('/v1/cascades/tie');
    expect(body).toMatchObject({
      largestBroadcast: { postId: 'tie', shares: 1 },
      accounts: 2,
      firstShareAt: '2026-01-01T12:01:59.990Z',
      timeToDepth: [{ afterMs: 1 }, { depth: 2, afterMs: -10 }, { afterMs: 2 }],
      timeToSize: [{ size: 2, at: '2026-01-01T12:02:00.000Z', afterMs: 0 }],
    });
    await stores.project([
      share('ｚ two', { of: 'ｚ', by: 'q', afterMs: 120_010 }),
      share('😀 two', { of: '😀', by: 'q', afterMs: 120_010 }),
    ]);
    const grown = await stores.get('/v1/cascades/tie');
    expect(grown.body).toMatchObject({ size: 6, accounts: 3, largestBroadcast: { postId: 'ｚ', shares: 2 } });
  });

  test('of a provisional root measures nothing from a time it does not have', async () => {
    const { body } = await stores.get('/v1/cascades/old');
    expect(body).toMatchObject({ assumed: true, authorId: null, createdAt: null, size: 2, accounts: 1 });
    expect(body).toMatchObject({ timeToDepth: [{ depth: 1, at: '2026-01-01T12:00:00.007Z', afterMs: null }] });
  });

  test('asked for by a share, names the true root', async () => {
    for (const path of ['/v1/cascades/5', '/v1/cascades/5/depths']) {
      expect(await stores.get(path)).toMatchObject({ status: 404, body: { code: 'not_a_root', rootPostId: '1' } });
    }
  });

  test.each([
    ['missing', 1],
    ['waits', 0],
    ['nobody', 0],
  ])('of %s, which is no root, says how many shares wait for it', async (id, pending) => {
    const { status, body } = await stores.get(`/v1/cascades/${id}`);
    expect([status, body]).toMatchObject([404, { code: 'cascade_not_found', pending }]);
  });

  test('shows what the last comparison of the stores found', async () => {
    const columns = ['root_id', 'reconciled_at', 'accepted_at', 'graph_shares', 'facts_shares', 'drift'];
    const target = { table: 'reconciliations', columns, token: 'test' };
    await stores.facts.insert(target, [
      ['1', '2026-01-01 00:00:01.000', '2026-01-01 00:00:00.000', 3, 1, -2],
      ['1', '2026-01-01 00:00:03.000', '2026-01-01 00:00:02.500', 4, 3, -1],
    ]);
    expect((await stores.get('/v1/cascades/1')).body).toMatchObject({
      stores: {
        graph: { shares: 4, asOf: '2026-01-01T00:00:02.500Z' },
        facts: { shares: 3, asOf: '2026-01-01T00:00:02.500Z' },
        drift: -1,
        lastReconciledAt: '2026-01-01T00:00:03.000Z',
      },
    });
  });
});

describe('GET /v1/cascades/{rootPostId}/depths', () => {
  test('starts at depth 1 and is whole', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/depths');
    const items = [
      { depth: 1, shares: 2, accounts: 2, firstAt: at(1) },
      { depth: 2, shares: 1, accounts: 1, firstAt: at(2) },
      { depth: 3, shares: 1, accounts: 1, firstAt: at(4) },
    ];
    expect([status, body]).toEqual([200, { items, next: null, shown: 3, total: 3, asOf }]);
  });

  test('of a lone root is empty', async () => {
    expect((await stores.get('/v1/cascades/alone/depths')).body).toMatchObject({ items: [], shown: 0, total: 0 });
  });
});
