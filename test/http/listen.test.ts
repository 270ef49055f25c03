import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../src/http/listen.ts';
import { exampleRoutes } from './example-routes.ts';
import { speakRaw } from './speak-raw.ts';
import { startApp, type TestApp } from './start-app.ts';

const quick = { headersMs: 300, requestMs: 1500, keepAliveMs: 5000, checkEveryMs: 50 };

describe('what is not quite HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ routes: exampleRoutes(), timeouts: quick });
  });
  afterAll(() => app.close(1000));

  const postHead = 'POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';

  test.each([
    ['both lengths', `${postHead}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['two lengths', `${postHead}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, 400],
    ['a negative length', `${postHead}Content-Length: -1\r\n\r\n`, 400],
    ['an unknown transfer encoding', `${postHead}Transfer-Encoding: gzip\r\n\r\n`, 400],
    ['a broken chunk size', `${postHead}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['no HTTP at all', 'hello there\r\n\r\n', 400],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a header name with a space', 'GET /v1/posts/count HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n', 400],
    ['no host', 'GET /v1/posts/count HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['20 KB of headers', `GET /v1/posts/count HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['TRACE', 'TRACE /v1/posts/count HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 405],
    ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
    ['another expectation', `${postHead}Expect: tea\r\nContent-Length: 2\r\n\r\n{}`, 417],
    ['headers that never end', 'GET /v1/posts/count HTTP/1.1\r\nHost: a\r\n', 408],
    [
      'a raw control character in the address',
      'GET /v1/posts/a\u0001b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      400,
    ],
    [
      'raw bytes over 127 in the address',
      Buffer.from('GET /v1/posts/\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 'latin1'),
      400,
    ],
  ])('%s', async (_name, request, status) => {
    const answer = await speakRaw(app.port, [request]);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(answer.body)).toMatchObject({ status, code: expect.any(String), requestId: expect.any(String) });
  });

  test('a second request smuggled behind a refused one is not answered', async () => {
    const smuggled = `${postHead}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/posts/count HTTP/1.1\r\nHost: a\r\n\r\n`;
    const answer = await speakRaw(app.port, [smuggled]);
    expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test('idle sockets do not keep others waiting', async () => {
    const idle = Array.from({ length: 200 }, () => connect(app.port, '127.0.0.1'));
    const startedMs = performance.now();
    expect((await fetch(`${app.url}/v1/posts/count`)).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(500);
    for (const socket of idle) socket.destroy();
  });

  test('a log line cannot be forged by an address or an agent', async () => {
    const before = app.rawLog.length;
    await speakRaw(app.port, [
      'GET /v1/posts/x%0a{"level":"error"} HTTP/1.1\r\nHost: a\r\nUser-Agent: \x1b[31m\r\nConnection: close\r\n\r\n',
    ]);
    for (const line of app.rawLog.slice(before)) {
      expect(line.slice(0, -1)).not.toMatch(/\p{Cc}/u);
      expect(line.endsWith('\n')).toBe(true);
    }
  });
});

describe('a server that closes', () => {
  test('lets a running request end, refuses new ones and cuts idle connections', async () => {
    const app = await startApp({ routes: exampleRoutes() });
    const agent = new Agent({ keepAlive: true });
    const ask = (path: string) =>
      new Promise<number>((resolve, reject) => {
        get(`${app.url}${path}`, { agent }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        }).on('error', reject);
      });
    expect(await ask('/v1/posts/count')).toBe(200);
    const running = ask('/v1/slow?delayMs=300');
    await sleep(50);
    const startedMs = performance.now();
    const closed = app.close(5000);
    await sleep(20);
    await expect(fetch(`${app.url}/v1/posts/count`)).rejects.toThrow();
    expect(await running).toBe(200);
    await closed;
    expect(performance.now() - startedMs).toBeLessThan(1000);
    agent.destroy();
  });

  test('tells its clients first, so that none of them uses its connection again', async () => {
    const app = await startApp({ routes: exampleRoutes() });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (path: string) =>
      new Promise<string | undefined>((resolve, reject) => {
        get(`${app.url}${path}`, { agent }, (response) => {
          response.resume().on('end', () => resolve(response.headers.connection));
        }).on('error', reject);
      });
    expect(await ask('/v1/posts/count')).toBe('keep-alive');
    const running = ask('/v1/slow?delayMs=200');
    await sleep(50);
    app.drain();
    // One that runs already is told as well, and the door is still open for another.
    expect(await running).toBe('close');
    expect(await ask('/v1/posts/count')).toBe('close');
    await app.close(1000);
    agent.destroy();
  });

  test('cuts what is left at its deadline', async () => {
    const app = await startApp({ routes: exampleRoutes() });
    const running = fetch(`${app.url}/v1/slow?delayMs=1500`).catch(() => 'cut');
    await sleep(100);
    const startedMs = performance.now();
    await app.close(200);
    expect(performance.now() - startedMs).toBeLessThan(700);
    expect(await running).toBe('cut');
    await sleep(1500);
  });
});

test('the next free port is taken where the first is not free', async () => {
  const first = await startApp({ routes: [] });
  const options = { app: () => undefined, host: '127.0.0.1', port: first.port };
  await expect(listen(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const second = await listen({ ...options, ports: 20 });
  expect(second.port).toBeGreaterThan(first.port);
  await second.close(100);
  await first.close(100);
});
