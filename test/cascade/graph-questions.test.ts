import { acceptedAt as asOf, type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { post, share, startMs } from './changes.ts';

let stores: CascadeStores;

/** 1 was shared as 2 and 4, 2 as 3, 3 as 5; `right` is a second cascade by some of the same accounts. */
beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    post('1', 'a'),
    share('2', { of: '1', by: 'b', afterMs: 1000 }),
    share('4', { of: '1', by: 'd', afterMs: 3000 }),
    share('3', { of: '2', by: 'c', afterMs: 2000 }),
    share('5', { of: '3', by: 'd', afterMs: 4000 }),
    share('waits', { of: 'missing', by: 'x', afterMs: 1, rootHint: '1' }),
    post('right', 'b', 60_000),
    share('r1', { of: 'right', by: 'c', afterMs: 70_000 }),
    share('r2', { of: 'r1', by: 'z', afterMs: 80_000 }),
    share('of old', { of: 'old', by: 'z', afterMs: 7, rootHint: 'old' }),
  ]);
  const columns = ['accept_seq', 'event_id', 'event_name', 'account_id', 'timestamp', 'post_id'];
  const view = (id: number, account: string, postId: string, afterMs: number) => {
    return [id, `view ${id}`, 'post_view', account, new Date(startMs + afterMs).toISOString().slice(0, -1), postId];
  };
  await stores.facts.insert({ table: 'events', columns, token: 'views' }, [
    view(1, 'c', '4', 500),
    view(2, 'watcher', '3', 2500),
    view(3, 'watcher', '3', 2600),
    view(4, 'watcher', '5', 4500),
    view(5, 'other', '3', 2700),
    view(6, 'other', '1', 2700),
    view(7, 'elsewhere', 'right', 2700),
  ]);
}, 60_000);
afterAll(() => stores.close());

const at = (second: number) => `2026-01-01T12:00:0${second}.000Z`;

describe('GET /v1/cascades/{rootPostId}/timeline', () => {
  test('has every step from the first share to the last, the empty ones too', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/timeline?stepSeconds=1');
    const items = [1, 2, 3, 4].map((second) => ({ at: at(second), shares: 1, cumulative: second }));
    expect([status, body]).toMatchObject([200, { items, total: 4, shown: 4, next: null, stepSeconds: 1, asOf }]);
    expect(body).toMatchObject({ items: [1, 2, 2, 3].map((maxDepth) => ({ maxDepth })) });
  });

  test('goes on where the page before ended, with the step that it chose', async () => {
    const first = await stores.get('/v1/cascades/1/timeline?limit=2&stepSeconds=2');
    expect(first.body).toMatchObject({ stepSeconds: 2, total: 3, shown: 2 });
    expect(first.link).toContain('rel="next"');
    const path = /<(.*)>/.exec(first.link ?? '')?.[1] ?? '';
    expect((await stores.get(path)).body).toMatchObject({
      items: [{ at: at(4), shares: 1, cumulative: 4, maxDepth: 3 }],
      next: null,
      stepSeconds: 2,
    });
  });

  test('of a range counts what came before it in `cumulative` alone', async () => {
    const range = `from=${at(2)}&to=${at(4)}&stepSeconds=60`;
    expect((await stores.get(`/v1/cascades/1/timeline?${range}`)).body).toMatchObject({
      items: [{ at: at(0), shares: 2, cumulative: 3, maxDepth: 2 }],
    });
    const wrong = await stores.get(`/v1/cascades/1/timeline?from=${at(4)}&to=${at(2)}`);
    expect([wrong.status, wrong.body]).toMatchObject([400, { code: 'empty_range' }]);
  });
});

describe('GET /v1/cascades/{rootPostId}/spreaders', () => {
  test('tells everything of each, the root included', async () => {
    const { body } = await stores.get('/v1/cascades/1/spreaders');
    const root = { postId: '1', accountId: 'a', depth: 0, createdAt: at(0), direct: 2, descendants: 4, fraction: 1 };
    const second = {
      postId: '2',
      accountId: 'b',
      depth: 1,
      createdAt: at(1),
      direct: 1,
      descendants: 2,
      fraction: 0.5,
    };
    const third = { postId: '3', accountId: 'c', depth: 2, direct: 1, descendants: 1, fraction: 0.25 };
    expect(body).toMatchObject({ items: [root, second, third], total: 3, shown: 3, next: null, asOf });
    expect(body).toMatchObject({ items: [{ betweenness: 3, firstHour: 4 }, { betweenness: 4 }, { betweenness: 3 }] });
  });

  test('sums accounts, and has no betweenness of them', async () => {
    const { body } = await stores.get('/v1/cascades/1/spreaders?of=accounts&by=shapley&limit=2');
    expect(body).toMatchObject({ items: [{ accountId: 'a', posts: 1 }, { accountId: 'b' }], total: 4, shown: 2 });
    const wrong = await stores.get('/v1/cascades/1/spreaders?of=accounts&by=betweenness');
    expect([wrong.status, wrong.body]).toMatchObject([400, { code: 'measure_of_posts' }]);
  });

  test('as of a time knows only what was there', async () => {
    const { body } = await stores.get(`/v1/cascades/1/spreaders?at=${at(2)}`);
    expect(body).toMatchObject({
      items: [
        { postId: '1', descendants: 2, fraction: 1 },
        { postId: '2', descendants: 1 },
      ],
    });
    const before = await stores.get('/v1/cascades/1/spreaders?at=2026-01-01T11:00:00Z');
    expect([before.status, before.body]).toMatchObject([404, { code: 'cascade_not_found', pending: 0 }]);
  });

  test('of a root that is known only from its shares names no account', async () => {
    expect((await stores.get('/v1/cascades/old/spreaders')).body).toMatchObject({
      items: [{ postId: 'old', accountId: null, createdAt: null, firstHour: 1 }],
    });
    expect((await stores.get('/v1/cascades/old/spreaders?of=accounts&by=shapley')).body).toMatchObject({
      items: [{ accountId: 'z' }],
      total: 1,
    });
  });
});

describe('GET /v1/posts/{postId}/shares and /subtree', () => {
  test('are of a post that is linked, and say why one is not', async () => {
    expect((await stores.get('/v1/posts/1/shares')).body).toMatchObject({
      items: [
        { postId: '2', authorId: 'b', createdAt: at(1), depth: 1, direct: 1, descendants: 2 },
        { postId: '4', authorId: 'd', createdAt: at(3), depth: 1, direct: 0, descendants: 0 },
      ],
      total: 2,
      asOf,
    });
    for (const kind of ['shares', 'subtree']) {
      expect(await stores.get(`/v1/posts/nobody/${kind}`)).toMatchObject({
        status: 404,
        body: { code: 'post_not_found' },
      });
      const waiting = await stores.get(`/v1/posts/waits/${kind}`);
      expect(waiting).toMatchObject({ status: 409, body: { code: 'post_pending', missingParentPostId: 'missing' } });
      const early = await stores.get(`/v1/posts/5/${kind}?at=${at(3)}`);
      expect(early).toMatchObject({ status: 404, body: { code: 'post_not_found' } });
    }
  });

  test('a drawing shows the largest first and counts what it folds up', async () => {
    const { body } = await stores.get('/v1/posts/1/subtree?limit=2');
    expect(body).toMatchObject({
      items: [
        { postId: '1', parentPostId: null, descendants: 4, collapsed: { shares: 1, posts: 1 } },
        { postId: '2', parentPostId: '1', descendants: 2, collapsed: { shares: 1, posts: 2 } },
      ],
      total: 5,
      shown: 2,
    });
    const shallow = await stores.get('/v1/posts/2/subtree?maxDepth=1');
    expect(shallow.body).toMatchObject({
      items: [{ postId: '2' }, { postId: '3', collapsed: { shares: 1, posts: 1 } }],
      total: 2,
      next: null,
    });
  });

  test('a post that lineage has not reached yet stands alone', async () => {
    await stores.project(
      [post('fresh', 'f', 90_000), share('fresher', { of: 'fresh', by: 'g', afterMs: 91_000 })],
      'lineage left behind',
    );
    expect((await stores.get('/v1/posts/fresher/shares')).body).toMatchObject({ items: [], total: 0 });
    expect((await stores.get('/v1/posts/fresher/subtree')).body).toMatchObject({
      items: [{ postId: 'fresher', parentPostId: 'fresh', depth: 1, authorId: 'g' }],
      total: 1,
    });
    expect((await stores.get('/v1/cascades/fresh/spreaders?by=shapley')).body).toMatchObject({
      items: [{ postId: 'fresh', accountId: 'f', shapley: 1, fraction: 0 }],
    });
    expect((await stores.get('/v1/cascades/fresh/counterfactual?postId=fresher')).body).toMatchObject({
      prevented: { lower: 0, upper: 0 },
    });
    await stores.project([]);
  });
});

describe('GET /v1/cascades/{rootPostId}/counterfactual', () => {
  test('is an interval with the viewers behind it, and a curve that ends where nothing is left to prevent', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/counterfactual?postId=2');
    // 3 and 5 hang on 2. c had seen 4 before sharing 3; d had posted 4 before sharing 5, which came from a kept share.
    const whole = { prevented: { lower: 0, upper: 2, lowest: 0 }, viewers: { lower: 1, upper: 2 } };
    expect([status, body]).toMatchObject([200, { postId: '2', rootPostId: '1', mode: 'node', at: at(1), ...whole }]);
    expect(body).toMatchObject({
      curve: [
        { delaySeconds: 0, at: at(1), ...whole },
        { delaySeconds: 60, prevented: { lower: 0, upper: 0, lowest: 0 }, viewers: { lower: 0, upper: 0 } },
      ],
      exposures: { posts: 5, views: 5 },
      asOf,
    });
  });

  test('at a later time, and of a whole subtree', async () => {
    const { body } = await stores.get(`/v1/cascades/1/counterfactual?postId=1&mode=subtree&at=${at(3)}`);
    // d shared 5 after having posted 4, but 4 would be gone too.
    expect(body).toMatchObject({ at: at(3), prevented: { lower: 2, upper: 2, lowest: 2 } });
  });

  test('of a post of another cascade names the right one', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/counterfactual?postId=r1');
    expect([status, body]).toMatchObject([404, { code: 'not_in_cascade', rootPostId: 'right' }]);
    const pending = await stores.get('/v1/cascades/1/counterfactual?postId=waits');
    expect([pending.status, pending.body]).toMatchObject([409, { code: 'post_pending' }]);
  });
});

describe('GET /v1/cascades/{rootPostId}/compare/{otherRootPostId}', () => {
  test('has both summaries, who posted in both, and both from their own start', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/compare/right');
    expect([status, body]).toMatchObject([
      200,
      { left: { rootPostId: '1', size: 5 }, right: { rootPostId: 'right', size: 3 } },
    ]);
    expect(body).toMatchObject({
      sharedAccounts: {
        total: 2,
        earlyInBoth: 1,
        shown: 2,
        items: [
          { accountId: 'b', left: { at: at(1), afterMs: 1000 }, right: { afterMs: 0 }, earlyInBoth: true },
          { accountId: 'c', left: { afterMs: 2000 }, right: { afterMs: 10_000 }, earlyInBoth: false },
        ],
      },
      overlays: {
        depth: [
          { depth: 0, left: 1, right: 1 },
          { depth: 1, left: 2, right: 1 },
          { depth: 2, left: 1, right: 1 },
          { depth: 3, left: 1, right: 0 },
        ],
      },
    });
    expect(body).toMatchObject({
      overlays: { growth: expect.arrayContaining([{ afterMs: 20_000, left: 4, right: 2 }]) },
    });
  });

  test('of one that is not there says which', async () => {
    const { status, body } = await stores.get('/v1/cascades/1/compare/r1');
    expect([status, body]).toMatchObject([404, { code: 'not_a_root', rootPostId: 'right' }]);
  });
});
