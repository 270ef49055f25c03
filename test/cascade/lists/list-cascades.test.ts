import { z } from 'zod';
import { CascadeItem } from '../../../src/cascade/answers.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';

const ListBody = z.object({
  items: z.array(CascadeItem),
  next: z.string().nullable(),
  shown: z.number(),
  total: z.number(),
});

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    post('wide', 'a', 0),
    ...[1, 2, 3].map((n) => share(`wide ${n}`, { of: 'wide', by: `s${n}`, afterMs: n })),
    post('deep', 'b', 1000),
    share('deep 1', { of: 'deep', by: 'a', afterMs: 1001 }),
    share('deep 2', { of: 'deep 1', by: 'a', afterMs: 5000 }),
    post('lone b', 'a', 2000),
    post('lone a', 'a', 3000),
    share('of old', { of: 'old', by: 'z', afterMs: 4000, rootHint: 'old' }),
  ]);
});
afterAll(() => stores.close());

async function list(query: string) {
  const { status, body, link } = await stores.get(`/v1/cascades${query}`);
  expect(status).toBe(200);
  const page = ListBody.parse(body);
  return { ...page, ids: page.items.map((item) => item.rootPostId), link };
}

describe('GET /v1/cascades', () => {
  test('lists by shares, ties by id in byte order', async () => {
    const page = await list('');
    expect(page.ids).toEqual(['wide', 'deep', 'old', 'lone a', 'lone b']);
    expect([page.shown, page.total, page.next, page.link]).toEqual([5, 5, null, null]);
    expect(page.items.slice(1, 4)).toEqual([
      {
        rootPostId: 'deep',
        authorId: 'b',
        createdAt: '2026-01-01T12:00:01.000Z',
        size: 3,
        shares: 2,
        accounts: 2,
        depth: 2,
        lastShareAt: '2026-01-01T12:00:05.000Z',
        structuralVirality: null,
        velocity: null,
      },
      {
        rootPostId: 'old',
        authorId: null,
        createdAt: null,
        size: 2,
        shares: 1,
        accounts: 1,
        depth: 1,
        lastShareAt: '2026-01-01T12:00:04.000Z',
        structuralVirality: null,
        velocity: null,
      },
      {
        rootPostId: 'lone a',
        authorId: 'a',
        createdAt: '2026-01-01T12:00:03.000Z',
        size: 1,
        shares: 0,
        accounts: 1,
        depth: 0,
        lastShareAt: null,
        structuralVirality: null,
        velocity: null,
      },
    ]);
  });

  test.each([
    ['?sort=depth', ['deep', 'old', 'wide', 'lone a', 'lone b']],
    ['?sort=lastShareAt', ['deep', 'old', 'wide', 'lone a', 'lone b']],
    ['?minShares=2', ['wide', 'deep']],
    ['?authorId=a', ['wide', 'lone a', 'lone b']],
    ['?authorId=a&minShares=1', ['wide']],
    ['?from=2026-01-01T12:00:01.000Z&to=2026-01-01T12:00:03Z', ['deep', 'lone b']],
    ['?from=2026-01-01T17:45:02%2B05:45', ['lone a', 'lone b']],
    ['?authorId=%27%20OR%201=1%20--', []],
  ])('%s', async (query, expected) => {
    const page = await list(query);
    expect(page.ids).toEqual(expected);
    expect(page.total).toBe(expected.length);
  });

  test.each(['shares', 'depth', 'lastShareAt'])('pages by %s show everything once', async (sort) => {
    const whole = await list(`?sort=${sort}`);
    const seen: string[] = [];
    for (let query = `?sort=${sort}&limit=2`; ; ) {
      const page = await list(query);
      seen.push(...page.ids);
      expect(page.total).toBe(5);
      if (page.next === null) break;
      expect(page.link).toBe(`</v1/cascades?sort=${sort}&limit=2&cursor=${page.next}>; rel="next"`);
      query = `?sort=${sort}&limit=2&cursor=${page.next}`;
    }
    expect(seen).toEqual(whole.ids);
  });

  test.each([
    'sort=virality',
    'category=',
    'sort=shares,depth',
    'limit=0',
    'limit=1001',
    'minShares=-1',
    'from=yesterday',
    'cursor=forged',
    'unknown=1',
  ])('%s is refused', async (query) => {
    expect(await stores.get(`/v1/cascades?${query}`)).toMatchObject({ status: 400 });
  });

  test('a cursor goes on with its own search only', async () => {
    const { next } = await list('?limit=2');
    const { status, body } = await stores.get(`/v1/cascades?limit=2&sort=depth&cursor=${next}`);
    expect([status, body]).toMatchObject([400, { code: 'invalid_cursor' }]);
  });
});
