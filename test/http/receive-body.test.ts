import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { exampleRoutes } from './example-routes.ts';
import { readProblem } from './read-problem.ts';
import { speakRaw } from './speak-raw.ts';
import { startApp, type TestApp } from './start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ routes: exampleRoutes() });
});
afterAll(() => app.close(1000));

type Sent = { body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> };
const send = ({ body = '{}', headers = {} }: Sent) =>
  fetch(`${app.url}/v1/echo`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const gzip = { 'content-encoding': 'gzip' };
const gzipped = (text: string | Buffer) => new Uint8Array(gzipSync(text));

describe('a raw body', () => {
  test('arrives as sent, plain, gzipped, chunked and empty', async () => {
    const text = JSON.stringify({ text: 'żółć 👨‍👩‍👧 שלום' }).repeat(100);
    expect(await (await send({ body: text })).text()).toBe(text);
    expect(await (await send({ body: gzipped(text), headers: gzip })).text()).toBe(text);
    expect(await (await send({ body: '' })).text()).toBe('');
    const chunked = [
      'POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n',
      'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n',
      '3\r\nabc\r\n',
      '2\r\nde\r\n0\r\n\r\n',
    ];
    expect((await speakRaw(app.port, chunked)).body).toBe('abcde');
  });

  test('of a megabyte arrives whole over many packets', async () => {
    const body = new Uint8Array(Buffer.alloc(1_000_000, 'abcdefg'));
    const response = await send({ body });
    expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true);
  });

  test.each([
    [{ headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    [{ headers: { 'content-type': 'application/json; charset=utf-16' } }, 415, 'unsupported_charset'],
    [{ headers: { 'content-type': 'application/json; charset=latin1' } }, 415, 'unsupported_charset'],
    [{ headers: { 'content-encoding': 'br' } }, 415, 'unsupported_encoding'],
    [{ headers: { 'content-encoding': 'gzip, gzip' } }, 415, 'unsupported_encoding'],
    [{ headers: gzip, body: 'not gzip' }, 400, 'corrupt_gzip'],
    [{ headers: gzip, body: gzipped('{"a":1}').slice(0, 12) }, 400, 'corrupt_gzip'],
    [{ headers: gzip, body: '' }, 400, 'corrupt_gzip'],
    [{ body: 'x'.repeat(1_000_001) }, 413, 'payload_too_large'],
    [{ headers: gzip, body: new Uint8Array(10_001) }, 413, 'payload_too_large'],
    [{ headers: gzip, body: gzipped(Buffer.alloc(1_000_001)) }, 413, 'payload_too_large'],
  ])('%j is refused', async (sent: Sent, status, code) => {
    const response = await send(sent);
    expect(response.status).toBe(status);
    expect((await readProblem(response)).code).toBe(code);
  });

  test.each(['utf-8', 'UTF-8', '"utf8"'])('charset %s is read', async (charset) => {
    const response = await send({ headers: { 'content-type': `Application/JSON ; charset=${charset}` } });
    expect(response.status).toBe(200);
  });

  test('a missing content type is refused by name', async () => {
    const answer = await speakRaw(app.port, ['POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}'], {
      waitMs: 300,
    });
    expect(answer.status).toBe(415);
  });

  test('a gzip bomb is refused at the limit, with flat memory', async () => {
    const bomb = gzipped(Buffer.alloc(9_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    await send({ body: bomb, headers: gzip });
    const before = process.memoryUsage.rss();
    for (let round = 0; round < 30; round += 1) expect((await send({ body: bomb, headers: gzip })).status).toBe(413);
    // Thirty inflated bombs would be 270 MB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  test('a chunked body is cut at the limit although it announced none', async () => {
    const head =
      'POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunk = `${(100_000).toString(16)}\r\n${'x'.repeat(100_000)}\r\n`;
    const answer = await speakRaw(app.port, [head, ...Array.from({ length: 15 }, () => chunk)]);
    expect(answer.status).toBe(413);
    expect(answer.headers.get('connection')).toBe('close');
  });

  test('a slow body is 408', async () => {
    const head = 'POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{';
    const startedMs = performance.now();
    const answer = await speakRaw(app.port, [head]);
    expect(answer.status).toBe(408);
    expect(answer.body).toContain('"code":"body_timeout"');
    expect(performance.now() - startedMs).toBeGreaterThan(350);
  });

  test('a body that ends before its length is 400 and harms nobody', async () => {
    const head =
      'POST /v1/echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"a"';
    const answer = await speakRaw(app.port, [head], { end: true });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('"code":"truncated_body"');
    await sleep(20);
    expect((await send({})).status).toBe(200);
  });
});

describe('a JSON body', () => {
  const name = (body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${app.url}/v1/names`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

  test('is parsed', async () => {
    const response = await name('{"name":"you"}');
    expect([response.status, await response.json()]).toEqual([201, { hello: 'you' }]);
  });

  test.each([
    ['{"name":""}', 'invalid_body', '/name'],
    ['{"name":"a","a/b":"x"}', 'invalid_body', '/a~1b'],
    ['null', 'invalid_body', ''],
    ['[]', 'invalid_body', ''],
    ['{"name":"a","__proto__":{}}', 'invalid_body', ''],
    ['{"name":', 'invalid_json', undefined],
    ['', 'invalid_json', undefined],
    [new Uint8Array([0x22, 0xff, 0x22]), 'invalid_json', undefined],
    [new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'invalid_json', undefined],
  ])('%s is %s at %s', async (body, code, pointer) => {
    const response = await name(body);
    expect(response.status).toBe(400);
    const answer = await readProblem(response);
    expect(answer.code).toBe(code);
    expect(answer.errors[0]?.pointer).toBe(pointer);
  });
});
