import { z } from 'zod';
import { mount, route } from '../../src/http/route.ts';
import { exampleRoutes } from './example-routes.ts';
import { startApp, type TestApp } from './start-app.ts';

let app: TestApp;
const told = { count: 1 };
const described = { method: 'GET', scope: 'posts:read', tags: ['posts'], summary: 'x' } as const;
const counted = { 200: { description: 'The number.', schema: z.object({ count: z.number() }) } };

const routes = mount(
  [
    route<object>()({
      ...described,
      path: '/v1/told',
      operationId: 'readTold',
      replies: counted,
      answer: (_deps) => ({ status: 200, body: { count: told.count } }),
    }),
    route<object>()({
      ...described,
      path: '/v1/secret',
      operationId: 'readSecret',
      replies: counted,
      answer: (_deps) => ({ status: 200, body: { count: 7 }, headers: { 'Cache-Control': 'no-store' } }),
    }),
    route<object>()({
      ...described,
      path: '/outside',
      operationId: 'readOutside',
      replies: counted,
      answer: (_deps) => ({ status: 200, body: { count: 7 } }),
    }),
  ],
  {},
);

beforeAll(async () => {
  app = await startApp({ routes: [...exampleRoutes(), ...routes] });
});
afterAll(() => app.close(1000));

async function ask(path: string, ifNoneMatch?: string, method = 'GET') {
  const headers: Record<string, string> = ifNoneMatch === undefined ? {} : { 'If-None-Match': ifNoneMatch };
  const response = await fetch(`${app.url}${path}`, { headers, method });
  const { status } = response;
  const seen = (name: string) => response.headers.get(name);
  return {
    status,
    tag: seen('etag'),
    cache: seen('cache-control'),
    length: seen('content-length'),
    text: await response.text(),
  };
}

describe('an answer in JSON', () => {
  test('is marked by its bytes, and not sent to whoever has it', async () => {
    const first = await ask('/v1/told');
    expect(first).toMatchObject({ status: 200, cache: 'private, no-cache', text: '{"count":1}' });
    expect(first.tag).toMatch(/^"[\w-]{43}"$/);
    const tag = first.tag ?? '';
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      expect([known, await ask('/v1/told', known)]).toEqual([
        known,
        { status: 304, tag, cache: 'private, no-cache', length: null, text: '' },
      ]);
    }
    expect(await ask('/v1/told', tag, 'HEAD')).toMatchObject({ status: 304, tag });
    for (const other of ['"other"', tag.slice(1, -1), '"', '']) expect(await ask('/v1/told', other)).toEqual(first);
  });

  test('has another mark once it says something else', async () => {
    const { tag } = await ask('/v1/told');
    told.count += 1;
    const changed = await ask('/v1/told', tag ?? '');
    expect(changed).toMatchObject({ status: 200, text: `{"count":${told.count}}` });
    expect(changed.tag).not.toBe(tag);
    expect(await ask('/v1/told', changed.tag ?? '')).toMatchObject({ status: 304 });
  });

  test('is left alone where it says itself how it may be kept, is streamed, no JSON, no answer, or outside /v1', async () => {
    expect(await ask('/v1/secret', '*')).toMatchObject({ status: 200, tag: null, cache: 'no-store' });
    expect(await ask('/v1/numbers', '*')).toMatchObject({ status: 200, tag: null });
    expect(await ask('/outside', '*')).toMatchObject({ status: 200, tag: null });
    expect(await ask('/v1/posts/none/path', '*')).toMatchObject({ status: 404, tag: null, cache: 'no-store' });
    const posted = { method: 'POST', body: '{"name":"x"}', headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${app.url}/v1/names`, {
      ...posted,
      headers: { ...posted.headers, 'If-None-Match': '*' },
    });
    expect([answer.status, answer.headers.get('etag')]).toEqual([201, null]);
  });
});
