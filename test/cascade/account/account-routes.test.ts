import { z } from 'zod';
import { acceptedAt as asOf, type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share, startMs } from '../changes.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    // a - b - a - c, and b - d beside it.
    post('1', 'a'),
    share('2', { of: '1', by: 'b', afterMs: 1000 }),
    share('3', { of: '2', by: 'a', afterMs: 2000 }),
    share('4', { of: '3', by: 'c', afterMs: 3000 }),
    share('5', { of: '2', by: 'd', afterMs: 4000 }),
    // z - a - b, a share of a's own share below it: the two posts of a are nested in the cascade of somebody else.
    post('z', 'z', 500),
    share('z1', { of: 'z', by: 'a', afterMs: 5000 }),
    share('z2', { of: 'z1', by: 'a', afterMs: 6000 }),
    share('z3', { of: 'z2', by: 'b', afterMs: 7000 }),
    share('waits', { of: 'missing', by: 'a', afterMs: 8000 }),
    share('ring 1', { of: 'ring 2', by: 'r', afterMs: 1 }),
    share('ring 2', { of: 'ring 1', by: 'r', afterMs: 2 }),
    share('of old', { of: 'old', by: 'web:ü/%', afterMs: 7, rootHint: 'old' }),
  ]);
});
afterAll(() => stores.close());

const at = (afterMs: number) => new Date(startMs + afterMs).toISOString();

describe('GET /v1/accounts/{accountId}', () => {
  test('counts posts, shares, what waits and what came of them', async () => {
    expect(await stores.get('/v1/accounts/a')).toEqual({
      status: 200,
      link: null,
      body: {
        accountId: 'a',
        posts: 1,
        shares: 3,
        pending: 1,
        quarantined: 0,
        cascades: { started: 1, shares: 4 },
        direct: 4,
        descendants: {
          count: 6,
          exact: true,
          cascades: { counted: 1, total: 1 },
          rule: expect.stringContaining('All shares in its own cascades'),
        },
        hIndex: 1,
        firstPostAt: at(0),
        lastPostAt: at(6000),
        asOf,
      },
    });
  });

  test('of a ring counts the one that gave way and the one that waits', async () => {
    expect((await stores.get('/v1/accounts/r')).body).toMatchObject({
      posts: 0,
      shares: 0,
      pending: 1,
      quarantined: 1,
      descendants: { count: 0, exact: true },
      hIndex: 0,
      firstPostAt: null,
      lastPostAt: null,
    });
  });

  test('takes any id', async () => {
    expect((await stores.get(`/v1/accounts/${encodeURIComponent('web:ü/%')}`)).body).toMatchObject({ shares: 1 });
    expect(await stores.get(`/v1/accounts/${'x'.repeat(301)}`)).toMatchObject({ status: 400 });
  });

  test.each(['', '/amplifiers', '/amplified'])('an unknown account has no %s', async (what) => {
    const answer = await stores.get(`/v1/accounts/nobody${what}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'account_not_found' } });
  });
});

describe('GET /v1/accounts/{accountId}/amplifiers', () => {
  test('counts each share at its nearest post of the account and leaves out its own', async () => {
    expect((await stores.get('/v1/accounts/a/amplifiers?hops=4')).body).toEqual({
      items: [
        { accountId: 'b', hop: 1, shares: 2, firstAt: at(1000), lastAt: at(7000) },
        { accountId: 'c', hop: 1, shares: 1, firstAt: at(3000), lastAt: at(3000) },
        { accountId: 'd', hop: 2, shares: 1, firstAt: at(4000), lastAt: at(4000) },
      ],
      next: null,
      shown: 3,
      total: 3,
      hops: 4,
      walked: { posts: 4, edges: 6, unknownAuthors: 0 },
      complete: true,
      leftOut: { posts: 0, edges: 0 },
      rule: expect.stringContaining('each once'),
      asOf,
    });
  });

  test('walks one step where no other number is asked for, and no more than four', async () => {
    expect((await stores.get('/v1/accounts/a/amplifiers')).body).toMatchObject({ total: 2, hops: 1 });
    for (const hops of ['0', '5', '1.5', '']) {
      expect(await stores.get(`/v1/accounts/a/amplifiers?hops=${hops}`)).toMatchObject({ status: 400 });
    }
  });

  test('pages show everyone once, and a cursor goes on with its own question only', async () => {
    const Page = z.object({ items: z.array(z.object({ accountId: z.string() })), next: z.string().nullable() });
    const seen: string[] = [];
    let cursor = '';
    for (let next: string | null = ''; next !== null; ) {
      const page = Page.parse((await stores.get(`/v1/accounts/a/amplifiers?hops=4&limit=1${cursor}`)).body);
      seen.push(...page.items.map(({ accountId }) => accountId));
      next = page.next;
      if (next !== null) cursor = `&cursor=${next}`;
    }
    expect(seen).toEqual(['b', 'c', 'd']);
    for (const path of ['/v1/accounts/a/amplifiers?hops=3', '/v1/accounts/b/amplifiers?hops=4']) {
      expect(await stores.get(`${path}&limit=1${cursor}`)).toMatchObject({ body: { code: 'invalid_cursor' } });
    }
  });
});

describe('GET /v1/accounts/{accountId}/amplified', () => {
  test('counts the posts above, each once', async () => {
    expect((await stores.get('/v1/accounts/c/amplified?hops=4')).body).toMatchObject({
      items: [
        { accountId: 'a', hop: 1, shares: 2, firstAt: at(0), lastAt: at(2000) },
        { accountId: 'b', hop: 2, shares: 1, firstAt: at(1000), lastAt: at(1000) },
      ],
      complete: true,
    });
  });

  test('names nobody for a root whose own event has not come', async () => {
    expect((await stores.get(`/v1/accounts/${encodeURIComponent('web:ü/%')}/amplified`)).body).toMatchObject({
      items: [],
      total: 0,
      walked: { posts: 1, edges: 1, unknownAuthors: 1 },
      complete: true,
    });
  });
});
