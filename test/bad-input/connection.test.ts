import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { speakRaw } from '../http/speak-raw.ts';
import { malformedRequests, postHead } from './cases/malformed-requests.ts';
import { askInTime, expectProblem } from './expect-refused.ts';
import { eventText, type OpenService, openService } from './open-service.ts';

const bodyTimeoutMs = 700;
let service: OpenService;

beforeAll(async () => {
  service = await openService({ BODY_TIMEOUT_MS: String(bodyTimeoutMs) });
}, 90_000);
afterAll(() => service.close(), 30_000);

const statusLine = /HTTP\/1\.1 \d{3} /g;
const event = eventText();
describe('what is not quite HTTP', () => {
  for (const [name, request, status, code] of malformedRequests) {
    test(`${name} is answered once, as a problem, and stores nothing`, async () => {
      const before = await service.count();
      const startedMs = performance.now();
      const answer = await speakRaw(service.port, [request]);
      expect(performance.now() - startedMs).toBeLessThan(1500);
      expect(answer.text.match(statusLine)).toHaveLength(1);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(answer.body)).toMatchObject({ status, code });
      expect(await service.count()).toEqual(before);
    });
  }

  test('a whole address in the request line is not followed', async () => {
    const line = 'GET http://elsewhere.invalid/v1/posts/nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    const answer = await speakRaw(service.port, [line]);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 404, code: 'post_not_found' });
  });

  test('a second request hidden behind a refused one is not answered', async () => {
    const before = await service.count();
    const hidden = `POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${event.length}\r\n\r\n${event}`;
    const smuggled = `${postHead}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`;
    const answer = await speakRaw(service.port, [smuggled]);
    expect(answer.text.match(statusLine)).toHaveLength(1);
    expect(await service.count()).toEqual(before);
  });
});

describe('slow and idle clients', () => {
  test('a body that stops half-way is 408 at the configured time', async () => {
    const before = await service.count();
    const startedMs = performance.now();
    const head = `${postHead}Content-Length: ${event.length}\r\n\r\n`;
    const answer = await speakRaw(service.port, [head, event.slice(0, 20)], { waitMs: 5000 });
    expect(JSON.parse(answer.body)).toMatchObject({ status: 408, code: 'body_timeout' });
    expect(performance.now() - startedMs).toBeGreaterThan(bodyTimeoutMs - 50);
    expect(await service.count()).toEqual(before);
  });

  test('a body that drips is 408 as well, however steadily it drips', async () => {
    const before = await service.count();
    const socket = await open();
    socket.write(`${postHead}Content-Length: ${event.length}\r\n\r\n`);
    const startedMs = performance.now();
    const dripping = setInterval(() => socket.write(' '), 50);
    const text = await readUntilClosed(socket);
    clearInterval(dripping);
    expect(text).toContain('"body_timeout"');
    expect(performance.now() - startedMs).toBeLessThan(bodyTimeoutMs + 2500);
    expect(await service.count()).toEqual(before);
  });

  test('a body that ends before its length stores nothing', async () => {
    const before = await service.count();
    const head = `${postHead}Content-Length: ${event.length + 1}\r\n\r\n`;
    await speakRaw(service.port, [head, event], { end: true, waitMs: 1500 });
    expect(await service.count()).toEqual(before);
  });

  test('a client that is gone before its body came stores nothing', async () => {
    const before = await service.count();
    for (let round = 0; round < 20; round += 1) {
      const socket = await open();
      socket.write(`${postHead}Content-Length: ${event.length}\r\n\r\n${event.slice(0, 30)}`);
      socket.resetAndDestroy();
    }
    await sleep(100);
    expect(await service.count()).toEqual(before);
  });

  test('200 idle sockets, and 200 that wait with half a header, keep nobody waiting', async () => {
    const idle = await Promise.all(Array.from({ length: 400 }, open));
    for (const socket of idle.slice(200)) socket.write('GET /v1/cascades HTTP/1.1\r\nHos');
    const bodies = idle.slice(0, 100);
    for (const socket of bodies) socket.write(`${postHead}Content-Length: 1000000\r\n\r\n`);
    const durations: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      const answer = await service.ask({ path: '/v1/cascades' });
      expect(answer.status).toBe(200);
      durations.push(answer.durationMs);
      expect((await service.post(eventText())).status).toBe(202);
    }
    // The middle one, because a disk that is busy elsewhere can hold up a single answer.
    expect(durations.sort((left, right) => left - right)[3]).toBeLessThan(1000);
    for (const socket of idle) socket.destroy();
  });

  test('a client that does not read its answers keeps nobody waiting', async () => {
    const deaf = await open();
    deaf.pause();
    for (let round = 0; round < 500; round += 1) deaf.write('GET /v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n');
    const answer = await askInTime(service, { path: '/v1/cascades' });
    expect(answer.status).toBe(200);
    expect(answer.durationMs).toBeLessThan(1000);
    deaf.destroy();
  });
});

describe('several requests on one connection', () => {
  // What the tests before sent has to be counted before "nothing was stored" can be said.
  beforeEach(() => service.caughtUp());

  const results = z.object({ accepted: z.number(), results: z.array(z.object({ code: z.string() })) });

  test('sent at once are answered in order, each on its own', async () => {
    const good = [eventText(), eventText()];
    const line = (body: string) => `${postHead}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    const last = 'GET /v1/posts/nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    const whole = [line(good[0] ?? ''), line('{"no":1}'), line(good[1] ?? ''), last].join('');
    const answer = await speakRaw(service.port, [whole.slice(0, 700), whole.slice(700)]);
    const statuses = [...answer.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1]);
    expect(statuses).toEqual(['202', '422', '202', '404']);
  });

  test('after one that was refused for its size is not mistaken for the rest of its body', async () => {
    const before = await service.count();
    const large = `${postHead}Content-Length: 16000001\r\n\r\n${event}`;
    const answer = await speakRaw(service.port, [large], { waitMs: 2500 });
    expect(answer.text.match(statusLine)).toHaveLength(1);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await service.count()).toEqual(before);
  });

  test('with a body where none is taken leave the connection in step', async () => {
    const bodied = `GET /v1/posts/nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nGET / HTTP/1`;
    const answer = await speakRaw(service.port, [
      bodied,
      'GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    ]);
    expect([...answer.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => match[1])).toEqual(['404', '200']);
  });

  test('a repeat inside one request is told from a conflict', async () => {
    const first = eventText({ eventId: 'twice' });
    const other = eventText({ eventId: 'twice', userId: 'user_2' });
    const answer = await service.post(`{"events":[${first},${first},${other}]}`);
    expect(answer.status).toBe(207);
    expect(results.parse(answer.body)).toEqual({
      accepted: 1,
      results: [{ code: 'duplicate' }, { code: 'event_id_conflict' }],
    });
  });
});

test('a request that cannot be told apart from a good one is still answered by its number', async () => {
  const answer = await service.ask({ path: '/v1/posts/nowhere', headers: { 'x-request-id': 'a'.repeat(129) } });
  expectProblem(answer, { status: 404, code: 'post_not_found' });
  expect(answer.headers['x-request-id']).not.toContain('aaaa');
});

function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(service.port, '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

function readUntilClosed(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
}
