import { acceptedAt as asOf, type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { post, removal, share } from './changes.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
  await stores.project([
    post('1', 'a'),
    share('2', { of: '1', by: 'b', afterMs: 1000 }),
    share('4', { of: '1', by: 'd', afterMs: 3000 }),
    share('3', { of: '2', by: 'c', afterMs: 2000 }),
    share('5', { of: '3', by: 'e', afterMs: 4000 }),
    post('alone', 'a', 50),
    post('a/b ü', 'a'),
    share('100%', { of: 'a/b ü', by: 'b', afterMs: 10 }),
    share('waits', { of: 'missing', by: 'x', afterMs: 1, rootHint: 'far' }),
    share('waits too', { of: 'waits', by: 'y', afterMs: 2 }),
    share('of old', { of: 'old', by: 'z', afterMs: 7, rootHint: 'old' }),
    share('ring 1', { of: 'ring 2', by: 'x', afterMs: 1 }),
    share('ring 2', { of: 'ring 1', by: 'x', afterMs: 2 }),
    removal('3', 9000),
  ]);
});
afterAll(() => stores.close());

const rootOf1 = { postId: '1', authorId: 'a', createdAt: '2026-01-01T12:00:00.000Z' };
const nothing = { authorId: null, createdAt: null, rootPostId: null, depth: null, root: null, removedAt: null };
const unshared = { direct: 0, total: 0 };

describe('GET /v1/posts/{postId}', () => {
  test('a root counts its whole cascade', async () => {
    expect(await stores.get('/v1/posts/1')).toMatchObject({
      status: 200,
      body: {
        ...rootOf1,
        kind: 'original',
        rootPostId: '1',
        parentPostId: null,
        depth: 0,
        state: 'linked',
        root: rootOf1,
        shares: { direct: 2, total: 4 },
        assumed: false,
        removedAt: null,
        asOf,
      },
    });
  });

  test('a share counts what came from it, and a removed one keeps its place', async () => {
    const place = { postId: '3', kind: 'share', rootPostId: '1', parentPostId: '2', depth: 2, root: rootOf1 };
    const { body } = await stores.get('/v1/posts/3');
    expect(body).toMatchObject({ ...place, shares: { direct: 1, total: 1 }, removedAt: '2026-01-01T12:00:09.000Z' });
    expect((await stores.get('/v1/posts/2')).body).toMatchObject({ shares: { direct: 1, total: 2 } });
    expect((await stores.get('/v1/posts/5')).body).toMatchObject({ depth: 3, shares: unshared });
  });

  test('a pending share knows its parent but no root', async () => {
    const { status, body } = await stores.get('/v1/posts/waits%20too');
    const waiting = {
      state: 'pending',
      kind: 'share',
      parentPostId: 'waits',
      rootPostId: null,
      depth: null,
      root: null,
    };
    expect([status, body]).toMatchObject([200, { ...waiting, authorId: 'y', shares: unshared }]);
  });

  test('a stub has nothing but its id', async () => {
    const { status, body } = await stores.get('/v1/posts/missing');
    const stub = { postId: 'missing', state: 'stub', kind: null, parentPostId: null, assumed: false };
    expect([status, body]).toEqual([200, { ...nothing, ...stub, shares: unshared, asOf }]);
  });

  test('a provisional root stands for itself until its own event comes', async () => {
    const { body } = await stores.get('/v1/posts/old');
    const root = { postId: 'old', authorId: null, createdAt: null };
    expect(body).toMatchObject({ ...root, state: 'linked', assumed: true, root, shares: { direct: 1, total: 1 } });
  });

  test('the share that closed a ring is quarantined and names its parent, the other waits', async () => {
    expect((await stores.get('/v1/posts/ring%202')).body).toMatchObject({
      state: 'quarantined',
      parentPostId: 'ring 1',
    });
    expect((await stores.get('/v1/posts/ring%201')).body).toMatchObject({ state: 'pending', parentPostId: 'ring 2' });
  });

  test('an unknown id is 404, and a parameter nobody knows is 400', async () => {
    expect(await stores.get('/v1/posts/nobody')).toMatchObject({ status: 404, body: { code: 'post_not_found' } });
    expect(await stores.get('/v1/posts/1?x=1')).toMatchObject({ status: 400, body: { code: 'unknown_parameter' } });
  });
});

describe('GET /v1/posts/{postId}/path', () => {
  test('is the chain from the root down', async () => {
    const { status, body } = await stores.get('/v1/posts/5/path');
    expect(status).toBe(200);
    expect(body).toEqual({
      postId: '5',
      rootPostId: '1',
      depth: 3,
      sharePath: '1/2/3/5',
      path: [
        { ...rootOf1, depth: 0, removedAt: null },
        { postId: '2', authorId: 'b', createdAt: '2026-01-01T12:00:01.000Z', depth: 1, removedAt: null },
        {
          postId: '3',
          authorId: 'c',
          createdAt: '2026-01-01T12:00:02.000Z',
          depth: 2,
          removedAt: '2026-01-01T12:00:09.000Z',
        },
        { postId: '5', authorId: 'e', createdAt: '2026-01-01T12:00:04.000Z', depth: 3, removedAt: null },
      ],
      asOf,
    });
  });

  test('of a root is the root', async () => {
    expect((await stores.get('/v1/posts/alone/path')).body).toMatchObject({
      depth: 0,
      sharePath: 'alone',
      path: [{ postId: 'alone', depth: 0 }],
    });
  });

  test('percent-encodes each id', async () => {
    const { body } = await stores.get('/v1/posts/100%25/path');
    expect(body).toMatchObject({ sharePath: 'a%2Fb%20%C3%BC/100%25', rootPostId: 'a/b ü' });
    expect((await stores.get('/v1/posts/a%2Fb%20%C3%BC')).body).toMatchObject({ shares: { direct: 1, total: 1 } });
  });

  test.each(['waits', 'waits%20too', 'missing'])('of %s is 409 with the post that is missing', async (id) => {
    const { status, body } = await stores.get(`/v1/posts/${id}/path`);
    expect([status, body]).toMatchObject([409, { code: 'post_pending', missingParentPostId: 'missing' }]);
  });

  test('of the quarantined share of a ring is 409, and those behind it wait for that share', async () => {
    const quarantined = { code: 'post_quarantined', parentPostId: 'ring 1' };
    expect((await stores.get('/v1/posts/ring%202/path')).body).toMatchObject(quarantined);
    const pending = { code: 'post_pending', missingParentPostId: 'ring 2' };
    expect((await stores.get('/v1/posts/ring%201/path')).body).toMatchObject(pending);
  });

  test('of an unknown post is 404', async () => {
    const { status, body } = await stores.get('/v1/posts/nobody/path');
    expect([status, body]).toMatchObject([404, { code: 'post_not_found' }]);
  });
});
