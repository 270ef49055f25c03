import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type ApiDocument, readDocument } from '../fuzz/read-document.ts';
import { expectRefused } from './expect-refused.ts';
import { type OpenService, openService, someEvent } from './open-service.ts';

let service: OpenService;
let document: ApiDocument;

beforeAll(async () => {
  service = await openService();
  document = await readDocument(service.url);
}, 90_000);
afterAll(() => service.close(), 30_000);

function original(postId: string): object {
  return someEvent({ eventName: 'post_created', data: { postId } });
}

describe('every list there is', () => {
  const addressesWith = (name: string) =>
    document.operations
      .filter(({ parameters }) => parameters.some((parameter) => parameter.name === name))
      .map(({ path }) => path.replaceAll(/\{\w+\}/g, 'root'));

  test.each(['-1', '0', '1001', '1000000000', '1e9', '1.5', '0x10', 'NaN', '', '%00'])(
    'takes no limit of %j',
    async (limit) => {
      const addresses = addressesWith('limit');
      expect(addresses.length).toBeGreaterThan(0);
      const code = limit === '%00' ? 'malformed_url' : 'invalid_parameter';
      for (const path of addresses) {
        await expectRefused(service, { path: `${path}?limit=${limit}` }, { status: 400, code });
      }
    },
  );

  test.each(['x', 'AAAAAAAAAAAnull', 'eyJyYW5rIjo1fQ', 'x'.repeat(2001), '%F0%9F%91%8D'])(
    'takes no cursor %.20s',
    async (cursor) => {
      for (const path of addressesWith('cursor')) {
        const answer = await service.ask({ path: `${path}?cursor=${cursor}` });
        expect([path, answer.status]).toEqual([path, 400]);
        expect(['invalid_cursor', 'invalid_parameter']).toContain(answer.body['code']);
      }
    },
  );

  test.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', '1e9', '-1', '2026-01-01'])(
    'answers a time of %s, or refuses it, at once',
    async (time) => {
      for (const name of ['from', 'to', 'at']) {
        for (const path of addressesWith(name)) {
          const answer = await service.ask({ path: `${path}?${name}=${time}` });
          expect([path, answer.status < 500]).toEqual([path, true]);
        }
      }
    },
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

  test.each(['/v1/posts/first?depth=1000000000', '/v1/cascades/first/depths?maxDepth=1e9'])(
    '%s asks for what is not there',
    (path) => expectRefused(service, { path }, { status: 400, code: 'unknown_parameter' }),
  );

  test.each([
    '/v1/cascades/first?at=1e9',
    '/v1/posts/first/subtree?maxDepth=1e9',
    '/v1/posts/first/subtree?maxDepth=99999999999999999999',
    '/v1/cascades/first/timeline?stepSeconds=0',
    '/v1/cascades/first/timeline?stepSeconds=99999999999',
    '/v1/cascades/first/spreaders?by=followers',
    '/v1/cascades/first/tree?format=xml',
    '/v1/accounts/first/amplifiers?hops=5',
  ])('%s asks for more than there is', (path) =>
    expectRefused(service, { path }, { status: 400, code: 'invalid_parameter' }),
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
