import { z } from 'zod';
import { mount, route } from '../../src/http/route.ts';
import { exampleRoutes } from './example-routes.ts';
import { startApp, type TestApp } from './start-app.ts';

describe('a route', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ routes: exampleRoutes() });
  });
  afterAll(() => app.close(1000));

  test('answers with the parsed parameters', async () => {
    const response = await fetch(`${app.url}/v1/posts/a%2Fb%20c/path?limit=7`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ postId: 'a/b c', limit: 7 });
  });

  test('decodes a parameter once', async () => {
    const response = await fetch(`${app.url}/v1/posts/a%252Fb/path`);
    expect(await response.json()).toEqual({ postId: 'a%2Fb', limit: 50 });
  });

  test('lets a fixed word win over a parameter', async () => {
    expect(await (await fetch(`${app.url}/v1/posts/count`)).json()).toEqual({ count: 7 });
    expect(await (await fetch(`${app.url}/v1/posts/other`)).json()).toEqual({ postId: 'other' });
  });

  test('answers HEAD like GET without a body', async () => {
    const response = await fetch(`${app.url}/v1/posts/1/path`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('25');
    expect(await response.text()).toBe('');
  });

  test('does not build without a scope, with a parameter nobody describes, or twice', async () => {
    const good = {
      method: 'GET',
      path: '/v1/x/{id}',
      operationId: 'x',
      scope: 'posts:read',
      tags: [],
      summary: 'x',
      params: z.object({ id: z.string() }),
      replies: { 200: { description: 'x' } },
    } as const;
    const answer = () => ({ status: 200 }) as const;
    const { scope: _scope, ...scopeless } = good;
    const loose: typeof good = JSON.parse(JSON.stringify(scopeless));
    const { params: _params, ...paramless } = good;
    expect(() => route<object>()({ ...loose, params: good.params, answer })).toThrow('names no scope');
    expect(() => route<object>()({ ...paramless, answer })).toThrow('its schema {}');
    const one = route<object>()({ ...good, answer });
    await expect(startApp({ routes: mount([one, one], {}) })).rejects.toThrow('there twice');
  });
});
