import { z } from 'zod';
import { CascadeItem } from '../../../src/cascade/answers.ts';
import { measureDue } from '../../../src/cascade/percentile/measure-due.ts';
import { writeCursor } from '../../../src/http/list-body.ts';
import { type CascadeStores, openCascadeStores } from '../cascade-stores.ts';
import { post, share } from '../changes.ts';
import { everything, lookLimits } from '../percentile/measure-limits.ts';

const ListBody = z.object({
  items: z.array(CascadeItem),
  next: z.string().nullable(),
  total: z.number(),
  measuredAsOf: z.string().nullable(),
  notMeasured: z.number().optional(),
});

const measuredAtMs = Date.UTC(2026, 5, 1);
const hourMs = 3_600_000;

let stores: CascadeStores;

/** A chain whose last shares came within an hour, and the others long before. */
function chain(root: string, shares: number, recent: number) {
  return Array.from({ length: shares }, (_, n) => {
    const afterMs = n < shares - recent ? n + 1 : 5 * hourMs + n;
    return share(`${root} ${n + 1}`, { of: n === 0 ? root : `${root} ${n}`, by: `s${n}`, afterMs });
  });
}

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    post('long', 'a'),
    ...chain('long', 6, 2),
    // Several of one virality that is no whole number: 4/3.
    ...['ｚ', '😀', 'b'].flatMap((root) => [post(root, 'b'), ...chain(root, 2, 2)]),
    post('fast', 'a'),
    ...chain('fast', 4, 4),
    post('lone', 'a'),
  ]);
  const deps = { facts: stores.facts, desk: stores.cascades, now: () => measuredAtMs };
  await measureDue(deps, everything, lookLimits);
  await stores.project([post('new', 'a'), ...chain('new', 9, 9), share('more', { of: 'long', by: 'm', afterMs: 7 })]);
});
afterAll(() => stores.close());

async function list(query: string) {
  const { status, body } = await stores.get(`/v1/cascades${query}`);
  expect(status).toBe(200);
  const page = ListBody.parse(body);
  return { ...page, ids: page.items.map((item) => item.rootPostId) };
}

describe('GET /v1/cascades by what was measured', () => {
  test.each([
    // In UTF-16 😀 would come before ｚ; in bytes it comes after.
    ['structuralVirality', ['long', 'fast', 'b', 'ｚ', '😀', 'lone', 'new']],
    ['velocity', ['fast', 'b', 'long', 'ｚ', '😀', 'lone', 'new']],
  ])('%s: those without it come last, ties by id in byte order', async (sort, expected) => {
    const page = await list(`?sort=${sort}`);
    expect(page.ids).toEqual(expected);
    expect(page).toMatchObject({ total: 7, notMeasured: 1, measuredAsOf: new Date(measuredAtMs).toISOString() });
  });

  test.each(['structuralVirality', 'velocity'])('pages by %s show everything once', async (sort) => {
    const whole = await list(`?sort=${sort}`);
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      let page = await list(`?sort=${sort}&limit=${limit}`);
      for (; page.next !== null; page = await list(`?sort=${sort}&limit=${limit}&cursor=${page.next}`)) {
        seen.push(...page.ids);
        expect(page).toMatchObject({ total: 7, notMeasured: 1 });
      }
      expect([...seen, ...page.ids]).toEqual(whole.ids);
    }
  });

  test.each([
    ['structuralVirality', 1.5, 200],
    ['velocity', -1, 200],
    ['velocity', -2, 400],
    ['velocity', 1e300, 400],
    ['shares', 1.5, 400],
  ])('a cursor by %s may say %d: %i', async (sort, rank, status) => {
    const name = `cascades ${JSON.stringify({ sort, minShares: 0 })}`;
    const cursor = writeCursor(name, { rank, rootPostId: 'a', total: 1 });
    expect(await stores.get(`/v1/cascades?sort=${sort}&cursor=${cursor}`)).toMatchObject({ status });
  });

  test('every order shows what was last measured, not what has come since', async () => {
    for (const sort of ['shares', 'structuralVirality']) {
      const { items } = await list(`?sort=${sort}`);
      expect(items.find(({ rootPostId }) => rootPostId === 'long')).toMatchObject({
        shares: 7,
        structuralVirality: 8 / 3,
        velocity: 2,
      });
      const of = (id: string) => items.find(({ rootPostId }) => rootPostId === id);
      expect(of('lone')).toMatchObject({ structuralVirality: null, velocity: 0 });
      expect(of('new')).toMatchObject({ structuralVirality: null, velocity: null });
    }
    expect(await list('?sort=shares')).not.toHaveProperty('notMeasured');
  });

  test.each([
    ['?sort=velocity&authorId=b', ['b', 'ｚ', '😀'], 0],
    ['?sort=velocity&minShares=4', ['fast', 'long', 'new'], 1],
    ['?sort=structuralVirality&authorId=nobody', [], 0],
  ])('%s', async (query, expected, notMeasured) => {
    const page = await list(query);
    expect(page.ids).toEqual(expected);
    expect(page).toMatchObject({ total: expected.length, notMeasured });
  });
});

describe('GET /v1/cascades?category=', () => {
  const columns = ['accept_seq', 'event_id', 'event_name', 'post_id', 'timestamp', 'comment_id', 'data'];
  let acceptSeq = 0;
  const event = (name: string, postId: string, { at = 0, id = '', comment = '', data = {} }) => {
    acceptSeq += 1;
    return [acceptSeq, id || `event ${acceptSeq}`, name, postId, at, comment, JSON.stringify({ postId, ...data })];
  };
  const music = { data: { category: 'music' } };
  const sport = { data: { category: 'sport & "<é😀' } };

  beforeAll(async () => {
    await stores.facts.insert({ table: 'events', columns, token: 'category' }, [
      event('post_created', 'fast', { at: 5, ...music }),
      // The first event that makes a post stands, whatever the time of the other.
      event('post_created', 'fast', { at: 1, ...sport }),
      event('post_created', 'b', music),
      event('post_updated', 'b', { at: 20, id: 'x', ...sport }),
      event('post_updated', 'b', { at: 20, id: 'a', ...music }),
      event('post_updated', 'b', { at: 30, data: { language: 'ne' } }),
      event('post_created', 'ｚ', { at: 100 }),
      event('post_updated', 'ｚ', { at: 3, ...music }),
      event('post_created', 'lone', sport),
      event('post_updated', 'lone', { at: 9, comment: 'c', ...music }),
      event('post_created', '😀', {}),
      event('post_created', 'long 1', music),
    ]);
  });

  test.each([
    ['music', 'shares', ['fast', 'ｚ']],
    ['music', 'velocity', ['fast', 'ｚ']],
    ['sport & "<é😀', 'shares', ['b', 'lone']],
    ['sport & "<é😀', 'structuralVirality', ['b', 'lone']],
    ['nothing', 'shares', []],
  ])('%s by %s', async (category, sort, expected) => {
    const page = await list(`?category=${encodeURIComponent(category)}&sort=${sort}`);
    expect([page.ids, page.total]).toEqual([expected, expected.length]);
  });
});
