import { expectRefusedItem } from './expect-refused.ts';
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
