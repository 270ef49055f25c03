import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';

let stores: CascadeStores;

beforeAll(async () => {
  const limits = { accountCascades: 2, accountPosts: 8, walkPosts: 3, walkEdges: 4 };
  stores = await openCascadeStores(10_000_000, limits);
  await stores.project([
    post('hub', 'star'),
    ...[1, 2, 3, 4, 5, 6].map((n) => share(`s${n}`, { of: 'hub', by: `fan ${n}`, afterMs: n })),
    ...[1, 2, 3].flatMap((n) => [
      post(`r${n}`, 'other'),
      share(`r${n} a`, { of: `r${n}`, by: 'sharer', afterMs: n }),
      ...Array.from({ length: n }, (_, index) => share(`r${n} ${index}`, { of: `r${n} a`, by: 'x', afterMs: 9 })),
    ]),
    ...[1, 2, 3, 4, 5].map((n) => post(`many ${n}`, 'writer', n)),
  ]);
});
afterAll(() => stores.close());

test('descendants beyond the limits are a lower bound that says so', async () => {
  // Of three cascades the two with most shares are looked at; they have 5 and 4 posts, of which 8 in all may be loaded.
  expect((await stores.get('/v1/accounts/sharer')).body).toMatchObject({
    shares: 3,
    direct: 6,
    descendants: {
      count: 3,
      exact: false,
      cascades: { counted: 1, total: 3 },
      rule: expect.stringContaining('spreaders?of=accounts'),
    },
  });
});

test('a walk that was cut short says what it left out', async () => {
  expect((await stores.get('/v1/accounts/star/amplifiers?hops=4')).body).toMatchObject({
    shown: 4,
    total: 4,
    walked: { posts: 1, edges: 4 },
    complete: false,
    leftOut: { posts: 0, edges: 2 },
    rule: expect.stringContaining('fewer hops'),
  });
  expect((await stores.get('/v1/accounts/writer/amplifiers')).body).toMatchObject({
    total: 0,
    walked: { posts: 3, edges: 0 },
    complete: false,
    leftOut: { posts: 2, edges: 0 },
  });
});

test('a walk that ends exactly at its limit is complete', async () => {
  expect((await stores.get('/v1/accounts/other/amplifiers?hops=1')).body).toMatchObject({
    items: [{ accountId: 'sharer', hop: 1, shares: 3 }],
    walked: { posts: 3, edges: 3 },
    complete: true,
  });
  await stores.project([share('one more', { of: 'r1', by: 'late', afterMs: 20 })]);
  expect((await stores.get('/v1/accounts/other/amplifiers?hops=1')).body).toMatchObject({
    total: 2,
    walked: { posts: 3, edges: 4 },
    complete: true,
  });
  await stores.project([share('two more', { of: 'r1', by: 'late', afterMs: 20 })]);
  expect((await stores.get('/v1/accounts/other/amplifiers?hops=1')).body).toMatchObject({
    walked: { posts: 3, edges: 4 },
    complete: false,
    leftOut: { posts: 0, edges: 1 },
  });
});
