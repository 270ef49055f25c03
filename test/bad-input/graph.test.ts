import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { expectRefused, expectRefusedItem } from './expect-refused.ts';
import { eventText, type OpenService, openService, someEvent } from './open-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

const startMs = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString();

function original(postId: string): object {
  return someEvent({ eventId: `e-${postId}`, eventName: 'post_created', timestamp: at(0), data: { postId } });
}

function share(
  parent: string,
  shareId: string,
  fields: { seconds?: number; eventId?: string; root?: string } = {},
): object {
  const { seconds = 60, eventId = `e-${shareId}`, root } = fields;
  const data = { postId: parent, shareId, ...(root === undefined ? {} : { rootPostId: root }) };
  return someEvent({ eventId, eventName: 'post_share', userId: `u-${shareId}`, timestamp: at(seconds), data });
}

const read = async (path: string) => (await service.ask({ path })).body;

describe('shares that no chain can hold', () => {
  test.each([
    ['of itself by its id', { postId: 'self', shareId: 'self' }],
    ['of itself, root and all', { postId: 'self', shareId: 'self', rootPostId: 'self' }],
  ])('a share %s is refused', (_name, data) =>
    expectRefusedItem(service, eventText({ eventName: 'post_share', data }), {
      code: 'self_share',
      pointer: '/data/postId',
    }),
  );

  test('a share of itself by its event id is refused', () =>
    expectRefusedItem(service, eventText({ eventId: 'self', eventName: 'post_share', data: { postId: 'self' } }), {
      code: 'self_share',
      pointer: '/data/postId',
    }));

  test.each([
    ['two', ['two-a', 'two-b']],
    ['three', ['three-a', 'three-b', 'three-c']],
  ])('of a ring of %s the last in time is quarantined and said to be, and the others wait', async (_name, ring) => {
    const shares = ring.map((id, index) => share(ring[(index + 1) % ring.length] ?? '', id, { seconds: 60 + index }));
    const answer = await service.settle(shares);
    expect(answer).toMatchObject({ status: 207, body: { accepted: ring.length, state: 'settled' } });
    expect(await read(`/v1/receipts/${String(answer.body['receipt'])}`)).toMatchObject({
      state: 'settled',
      items: [{ postId: ring.at(-1), status: 'quarantined', code: 'ring_of_shares' }],
    });
    for (const id of ring.slice(0, -1)) {
      expect(await read(`/v1/posts/${id}`)).toMatchObject({ state: 'pending', rootPostId: null, depth: null });
      expect(await service.ask({ path: `/v1/posts/${id}/path` })).toMatchObject({
        status: 409,
        body: { code: 'post_pending' },
      });
    }
    const last = ring.at(-1) ?? '';
    expect(await read(`/v1/posts/${last}`)).toMatchObject({ state: 'quarantined' });
    expect(await service.ask({ path: `/v1/posts/${last}/path` })).toMatchObject({
      status: 409,
      body: { code: 'post_quarantined' },
    });
    expect(await service.ask({ path: `/v1/cascades/${last}` })).toMatchObject({
      status: 404,
      body: { code: 'cascade_not_found' },
    });
  });

  test('a parent that never comes leaves its share pending, with its name, and a stub', async () => {
    expect((await service.settle([share('never', 'waits')])).body).toMatchObject({ accepted: 1, state: 'projected' });
    expect(await read('/v1/posts/waits')).toMatchObject({ state: 'pending', parentPostId: 'never', rootPostId: null });
    expect(await read('/v1/posts/waits/path')).toMatchObject({ code: 'post_pending', missingParentPostId: 'never' });
    expect(await read('/v1/posts/never')).toMatchObject({ state: 'stub', authorId: null, createdAt: null, kind: null });
    expect(await read('/v1/events/e-waits')).toMatchObject({ status: 'pending', reason: 'parent_unknown' });
    expect(await service.ask({ path: '/v1/cascades/never' })).toMatchObject({
      status: 404,
      body: { code: 'cascade_not_found' },
    });
  });

  test('two parents for one share in one request: the second is a conflict and stores nothing', async () => {
    await service.settle([original('first'), original('second')]);
    const twice = [share('first', 'both'), share('second', 'both', { eventId: 'e-both-again' })];
    const answer = await service.settle(twice);
    expect(answer.body).toMatchObject({ accepted: 1, conflict: 1, results: [{ index: 1, code: 'post_id_taken' }] });
    expect(await read('/v1/posts/both')).toMatchObject({ parentPostId: 'first' });
    expect(await read('/v1/cascades/second')).toMatchObject({ shares: 0 });
  });

  test('two parents in two requests: the second ends as a late conflict in its receipt', async () => {
    const answer = await service.settle([share('second', 'both', { eventId: 'e-both-late' })]);
    expect(answer).toMatchObject({ status: 207, body: { accepted: 1, state: 'settled' } });
    expect(await read(`/v1/receipts/${String(answer.body['receipt'])}`)).toMatchObject({
      items: [{ eventId: 'e-both-late', status: 'lateConflict', code: 'post_id_taken' }],
    });
    expect(await read('/v1/posts/both')).toMatchObject({ parentPostId: 'first' });
  });

  test('a post that is created and shared into being is one post', async () => {
    const answer = await service.settle([original('born'), share('first', 'born', { eventId: 'e-born-again' })]);
    expect(answer.body).toMatchObject({ conflict: 1, results: [{ code: 'post_id_taken' }] });
    expect(await read('/v1/posts/born')).toMatchObject({ kind: 'original', parentPostId: null });
  });

  test('a share older than its parent, and hints that contradict each other, harm nobody', async () => {
    await service.settle([original('late'), share('late', 'early', { seconds: -9_999_999, root: 'nowhere' })]);
    expect(await read('/v1/posts/early')).toMatchObject({ state: 'linked', rootPostId: 'late', depth: 1 });
    expect(await read('/v1/cascades/late')).toMatchObject({ timeToDepth: [{ depth: 1, afterMs: expect.any(Number) }] });
  });

  const operators: Array<[name: string, postId: unknown]> = [
    ['a comparison', { $gt: '' }],
    ['a pattern', { $regex: '.*' }],
    ['a list', ['first']],
    ['a list of two', ['first', 'second']],
    ['a number', 1e3],
    ['true', true],
    ['null', null],
    ['a node', { id: 'first', labels: ['Post'] }],
    ['a file', { type: 'Buffer', data: [102] }],
  ];
  test.each(operators)('%s for a post id is refused', (_name, postId) =>
    expectRefusedItem(service, eventText({ eventName: 'post_share', data: { postId, shareId: 'typed' } }), {
      code: 'wrong_type',
      pointer: '/data/postId',
    }),
  );
});

describe('lists asked for beyond their limits', () => {
  const asked: Array<[query: string, code: string]> = [
    ['limit=-1', 'invalid_parameter'],
    ['limit=0', 'invalid_parameter'],
    ['limit=1001', 'invalid_parameter'],
    ['limit=1000000000', 'invalid_parameter'],
    ['limit=99999999999999999999', 'invalid_parameter'],
    ['limit=1e2', 'invalid_parameter'],
    ['limit=0x10', 'invalid_parameter'],
    ['limit=5.5', 'invalid_parameter'],
    ['limit=%205', 'invalid_parameter'],
    ['limit=+5', 'invalid_parameter'],
    ['limit=%EF%BC%95', 'invalid_parameter'],
    ['limit=', 'invalid_parameter'],
    ['limit=NaN', 'invalid_parameter'],
    ['limit=1%3BDROP%20TABLE%20events', 'invalid_parameter'],
    ['limit=1&limit=2', 'repeated_parameter'],
    ['limit[]=1', 'unknown_parameter'],
    ['limit[$gt]=1', 'unknown_parameter'],
    ['minShares=-1', 'invalid_parameter'],
    ['minShares=1.5', 'invalid_parameter'],
    ['depth=1000000000', 'unknown_parameter'],
    ['depth=1e9', 'unknown_parameter'],
    ['sort=depth%20DESC', 'invalid_parameter'],
    ['sort=Shares', 'invalid_parameter'],
    ['sort=__proto__', 'invalid_parameter'],
    ['from=yesterday', 'invalid_parameter'],
    ['from=2026-02-30T00:00:00Z', 'invalid_parameter'],
    ['from=2026-01-01T00:00:00', 'invalid_parameter'],
    ['from=99999-01-01T00:00:00Z', 'invalid_parameter'],
    ['to=0', 'invalid_parameter'],
    ['authorId=', 'invalid_parameter'],
    [`authorId=${'x'.repeat(301)}`, 'invalid_parameter'],
  ];
  test.each(asked)('%s', (query, code) =>
    expectRefused(service, { path: `/v1/cascades?${query}` }, { status: 400, code }),
  );

  test.each([
    '/v1/posts/first?depth=1000000000',
    '/v1/cascades/first/depths?maxDepth=1e9',
    '/v1/cascades/first?at=1e9',
  ])('%s asks for what is not there', (path) =>
    expectRefused(service, { path }, { status: 400, code: 'unknown_parameter' }),
  );
});

describe('cursors that no list gave out', () => {
  const search = { sort: 'shares', minShares: 0 };
  /** With the right mark, as someone who has read the source could make it. */
  function forge(payload: string, list = `cascades ${JSON.stringify(search)}`): string {
    const text = Buffer.from(payload).toString('base64url');
    const mark = createHmac('sha256', `sharetrail cursor ${list}`).update(text).digest('base64url').slice(0, 11);
    return mark + text;
  }
  const position = (fields: object) => forge(JSON.stringify({ rank: 5, rootPostId: 'a', total: 9, ...fields }));

  test('the forger here has the right key, or the cases below would show nothing', async () => {
    expect((await service.ask({ path: `/v1/cascades?cursor=${position({})}` })).status).toBe(200);
  });

  const forged: Array<[name: string, cursor: string]> = [
    ['an empty one', ''],
    ['a word', 'garbage'],
    ['a mark with nothing behind', 'aaaaaaaaaaa'],
    ['the right mark before no JSON', forge('{"rank":')],
    ['the right mark before nothing', forge('')],
    ['the right mark before half a UTF-8 sequence', forge('\ufffd')],
    ['null', forge('null')],
    ['a list', forge('[]')],
    ['a depth of 100,000', forge('['.repeat(1000))],
    ['a text for a number', position({ rank: '5' })],
    ['a fraction', position({ rank: 1.5 })],
    ['a number past 2^53', position({ rank: 1e300 })],
    ['a negative total', position({ total: -5 })],
    ['an object for an id', position({ rootPostId: { $gt: '' } })],
    [
      'another list’s',
      forge(JSON.stringify({ rank: 5, rootPostId: 'a', total: 9 }), 'cascades {"sort":"depth","minShares":0}'),
    ],
    ['2,001 characters', 'x'.repeat(2001)],
  ];
  test.each(forged)('%s', async (_name, cursor) => {
    const before = await service.count();
    const answer = await service.ask({ path: `/v1/cascades?cursor=${cursor}` });
    expect(answer.status).toBe(400);
    expect(z.enum(['invalid_cursor', 'invalid_parameter']).parse(answer.body['code'])).toBeDefined();
    expect(answer.durationMs).toBeLessThan(1000);
    expect(await service.count()).toEqual(before);
  });

  test('a cursor cannot be taken to another search', async () => {
    await service.settle([original('page-1'), original('page-2')]);
    const page = await service.ask({ path: '/v1/cascades?limit=1' });
    const cursor = String(page.body['next']);
    expect((await service.ask({ path: `/v1/cascades?limit=1&cursor=${cursor}` })).status).toBe(200);
    for (const other of ['sort=depth', 'minShares=1', 'authorId=x', 'from=2026-01-01T00:00:00Z']) {
      const answer = await service.ask({ path: `/v1/cascades?${other}&cursor=${cursor}` });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
    }
    const swapped = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`;
    expect((await service.ask({ path: `/v1/cascades?cursor=${swapped}` })).status).toBe(400);
  });
});
