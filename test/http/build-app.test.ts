import { storeUnavailable } from '../../src/http/problem.ts';
import { exampleRoutes } from './example-routes.ts';
import { readProblem } from './read-problem.ts';
import { startApp, type TestApp } from './start-app.ts';

let app: TestApp;
let timesGone = 0;
beforeAll(async () => {
  const routes = exampleRoutes(() => {
    timesGone += 1;
  });
  const faultToProblem = (fault: unknown) =>
    fault instanceof Error && fault.message.endsWith('store') ? storeUnavailable('graph', fault) : undefined;
  app = await startApp({ routes, faultToProblem });
});
afterAll(() => app.close(1000));

const ask = (path: string, init?: RequestInit) => fetch(`${app.url}${path}`, init);

describe('addresses', () => {
  test.each([
    ['/v1/nothing', 404, 'route_not_found'],
    ['/', 404, 'route_not_found'],
    ['/v1/posts/1/path/', 404, 'route_not_found'],
    ['/V1/posts/1', 404, 'route_not_found'],
    ['/v1/posts/%E0%A4%A/path', 400, 'malformed_url'],
    ['/v1/posts/%ff/path', 400, 'malformed_url'],
    ['/nowhere/%zz', 400, 'malformed_url'],
    ['/v1/posts/1/path?limit=%zz', 400, 'malformed_url'],
    ['/v1/posts/a%00b/path', 400, 'malformed_url'],
    ['/v1/posts/a%0d%0ab/path', 400, 'malformed_url'],
    ['/v1/posts/%1b[31m/path', 400, 'malformed_url'],
    [`/v1/posts/1/path?limit=${'1'.repeat(9000)}`, 414, 'address_too_long'],
  ])('%s is %i %s', async (path, status, code) => {
    const response = await ask(path);
    expect(response.status).toBe(status);
    expect((await readProblem(response)).code).toBe(code);
  });

  test('an encoded dot-dot-slash stays an id', async () => {
    const response = await ask('/v1/posts/..%2f..%2fetc%2fpasswd');
    expect(await response.json()).toEqual({ postId: '../../etc/passwd' });
  });

  test('a known address with another method says which ones it takes', async () => {
    const response = await ask('/v1/posts/1/path', { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect((await readProblem(response)).code).toBe('method_not_allowed');
    const options = await ask('/v1/echo', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });
});

describe('queries', () => {
  test.each([
    ['?lim=1', 'unknown_parameter', '/query/lim'],
    ['?__proto__=1', 'unknown_parameter', '/query/__proto__'],
    ['?constructor=1', 'unknown_parameter', '/query/constructor'],
    ['?limit[a]=1', 'unknown_parameter', '/query/limit[a]'],
    ['?a~b/c=1', 'unknown_parameter', '/query/a~0b~1c'],
    ['?limit=1&limit=1', 'repeated_parameter', '/query/limit'],
    ['?limit=', 'invalid_parameter', '/query/limit'],
    ['?limit=1e2', 'invalid_parameter', '/query/limit'],
    ['?limit=0x10', 'invalid_parameter', '/query/limit'],
    ['?limit=-1', 'invalid_parameter', '/query/limit'],
    ['?limit=1.5', 'invalid_parameter', '/query/limit'],
    ['?limit=1000000000', 'invalid_parameter', '/query/limit'],
    ['?limit=99999999999999999999', 'invalid_parameter', '/query/limit'],
    ['?exact=maybe', 'invalid_parameter', '/query/exact'],
  ])('%s is refused as %s', async (query, code, pointer) => {
    const response = await ask(`/v1/posts/1/path${query}`);
    expect(response.status).toBe(400);
    const body = await readProblem(response);
    expect(body.code).toBe(code);
    expect(body.errors.map((detail) => detail.pointer)).toEqual([pointer]);
  });

  test('numbers and booleans are read from their text', async () => {
    const response = await ask('/v1/posts/1/path?limit=1000&exact=true');
    expect(await response.json()).toEqual({ postId: '1', limit: 1000 });
  });

  test('an id that is too long is named by its place', async () => {
    const body = await readProblem(await ask(`/v1/posts/${'x'.repeat(201)}/path`));
    expect(body.errors).toEqual([{ pointer: '/path/postId', code: 'too_big', message: expect.any(String) }]);
  });
});

describe('ids of requests', () => {
  test('a harmless one is kept, any other replaced', async () => {
    const kept = await ask('/v1/posts/count', { headers: { 'x-request-id': 'mine-1' } });
    expect(kept.headers.get('x-request-id')).toBe('mine-1');
    for (const odd of ['a b', 'x'.repeat(129), '<script>']) {
      const response = await ask('/v1/posts/count', { headers: { 'x-request-id': odd } });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('a trace context comes back', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const response = await ask('/v1/posts/count', { headers: { traceparent } });
    expect(response.headers.get('traceparent')).toBe(traceparent);
    const odd = await ask('/v1/posts/count', { headers: { traceparent: '00-x' } });
    expect(odd.headers.get('traceparent')).toBeNull();
  });
});

describe('faults', () => {
  test('a fault nobody expected tells nothing of itself but is logged', async () => {
    const response = await ask('/v1/faults/boom');
    expect(response.status).toBe(500);
    const text = await response.clone().text();
    expect(text).not.toContain('secret');
    expect(text).not.toContain('.ts');
    const body = await readProblem(response);
    expect(body.code).toBe('internal_error');
    const line = app.logged.find(({ requestId, level }) => requestId === body.requestId && level === 'error');
    expect(JSON.stringify(line)).toContain('secret inside: boom');
  });

  test('a store that does not answer is 503 with Retry-After', async () => {
    const response = await ask('/v1/faults/no-store');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await readProblem(response)).toMatchObject({ code: 'store_unavailable', store: 'graph' });
  });

  test('a problem of a route keeps its code', async () => {
    const response = await ask('/v1/posts/none/path');
    expect(response.status).toBe(404);
    const body = await readProblem(response);
    expect(body).toMatchObject({ code: 'post_not_found', title: 'Post not found', instance: '/v1/posts/none/path' });
  });

  test.each(['undocumented', 'misshapen'])('an %s answer is thrown where replies are checked', async (kind) => {
    expect((await ask(`/v1/faults/${kind}`)).status).toBe(500);
  });
});

describe('streams', () => {
  test('are sent piece by piece', async () => {
    expect(await (await ask('/v1/numbers?upTo=4')).text()).toBe('0\n1\n2\n3\n');
    expect((await (await ask('/v1/numbers?upTo=200000')).text()).length).toBe(1_288_890);
  });

  test('that break at once are a problem, later ones are cut short visibly', async () => {
    expect((await readProblem(await ask('/v1/numbers?breakAfter=0'))).code).toBe('internal_error');
    const response = await ask('/v1/numbers?breakAfter=5');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('answer HEAD without their body', async () => {
    const response = await ask('/v1/numbers?upTo=1000000', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

test('the headers are strict and name no framework', async () => {
  const { headers } = await ask('/v1/posts/count');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('a client that leaves aborts the signal of its request', async () => {
  const leaving = new AbortController();
  const asked = ask('/v1/slow?delayMs=300', { signal: leaving.signal }).catch(() => 'left');
  setTimeout(() => leaving.abort(), 50);
  expect(await asked).toBe('left');
  for (let tries = 0; timesGone === 0 && tries < 100; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(timesGone).toBe(1);
});

test('requests are counted by route template and logged without their query', async () => {
  await ask('/v1/posts/4711/path?limit=9', { headers: { authorization: 'Bearer hush' } });
  const { text } = await app.metrics.expose();
  const counted = text.split('\n').filter((line) => line.startsWith('sharetrail_http_requests_total'));
  expect(counted.join()).toContain('{route="/v1/posts/{postId}/path",method="GET",status="200"}');
  expect(counted.join()).not.toContain('4711');
  const line = app.logged.find(({ path }) => path === '/v1/posts/4711/path');
  expect(line).toMatchObject({ method: 'GET', status: 200, level: 'info', msg: 'request' });
  expect(app.rawLog.join('')).not.toContain('hush');
  expect(app.rawLog.join('')).not.toContain('limit=9');
});
