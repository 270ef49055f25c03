import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { readDocument } from '../fuzz/read-document.ts';
import { forbidden, hostile } from './cases/hostile-texts.ts';
import { answerLimitMs, askInTime } from './expect-refused.ts';
import { type OpenService, openService, someEvent } from './open-service.ts';
import { readStringParameters, type StringParameter } from './read-string-parameters.ts';
import { textParameters as covered } from './text-parameters.ts';

let service: OpenService;
let trap: Server;
const trapPort = z.object({ port: z.number() });
const sprung: string[] = [];

beforeAll(async () => {
  // A place that nobody should ever be sent to, by url(), LOAD CSV or remote().
  trap = createServer((request, response) => {
    sprung.push(request.url ?? '');
    response.end('trap');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  service = await openService();
  expect((await service.settle(seed)).body).toMatchObject({ accepted: seed.length, state: 'projected' });
}, 120_000);
afterAll(async () => {
  await service.close();
  await new Promise((resolve) => trap.close(resolve));
}, 30_000);

const seed = [
  someEvent({ eventName: 'post_created', data: { postId: 'root' } }),
  someEvent({ eventName: 'post_share', data: { postId: 'root', shareId: 'leaf' } }),
];

const trapAt = () => `http://127.0.0.1:${trapPort.parse(trap.address()).port}`;

const names = ({ operationId, place, name }: StringParameter) => `${operationId} ${place} ${name}`;

test('every text parameter of the document is tried here', async () => {
  const documented = await readStringParameters(service.url);
  expect(documented.map(names).sort()).toEqual([...covered].sort());
});

describe('hostile text in a parameter is only text', () => {
  test.each(covered)(
    '%s',
    async (parameter) => {
      const found = (await readStringParameters(service.url)).find((one) => names(one) === parameter);
      if (found === undefined) throw new Error(`${parameter} is not in the document`);
      const before = await service.count();
      for (const [name, text] of hostile) {
        const answer = await askInTime(service, {
          method: found.method,
          path: found.address(encodeURIComponent(text.replace('TRAP', trapAt()))),
        });
        expect([name, answer.status]).toEqual([name, expect.any(Number)]);
        expect([name, answer.status < 500, answer.durationMs < answerLimitMs]).toEqual([name, true, true]);
        // The post of that name does not exist, so whatever is found was found by something that was executed.
        if (answer.status === 200) expect(answer.body).toMatchObject({ items: [], total: 0 });
      }
      for (const [name, encoded] of forbidden) {
        const answer = await askInTime(service, { method: found.method, path: found.address(encoded) });
        expect([name, answer.status, answer.body['code']]).toEqual([name, 400, 'malformed_url']);
        expect(Object.keys(answer.headers)).not.toContain('x-injected');
      }
      expect(await service.count()).toEqual(before);
      expect(sprung).toEqual([]);
    },
    60_000,
  );
});

describe('hostile text in an event is only text', () => {
  const events = hostile.map(([, text], at) => {
    const value = `${text} ${at}`;
    return someEvent({
      eventId: value,
      eventName: 'post_share',
      userId: value,
      sessionId: value,
      data: { postId: 'root', shareId: value, source: value.slice(0, 100) },
      metadata: { city: value.slice(0, 100), extra: { note: value }, network: 'default' },
    });
  });

  test('is accepted, linked, and read back by its name', async () => {
    const before = await service.count();
    expect((await service.settle(events)).body).toMatchObject({ accepted: events.length, state: 'projected' });
    expect(await service.count()).toMatchObject({
      lastSeq: before.lastSeq + events.length,
      events: before.events + events.length,
      posts: before.posts + events.length,
    });
    for (const { eventId } of events) {
      const id = encodeURIComponent(String(eventId));
      expect((await service.ask({ path: `/v1/events/${id}` })).body).toMatchObject({ eventId, status: 'stored' });
      const post = await service.ask({ path: `/v1/posts/${id}` });
      expect(post.body).toMatchObject({ postId: eventId, authorId: eventId, parentPostId: 'root', depth: 1 });
      const path = await service.ask({ path: `/v1/posts/${id}/path` });
      expect(path.body).toMatchObject({ sharePath: `root/${id}` });
    }
    expect(sprung).toEqual([]);
  }, 60_000);

  test('in places of statements is no statement', async () => {
    const { body } = await service.ask({ path: '/v1/cascades/root' });
    expect(body).toMatchObject({ shares: events.length + 1, depth: 1 });
  });
});

describe('the log of the service', () => {
  test('stays one JSON object a line, whatever was asked', async () => {
    await service.ask({ path: '/v1/posts/%1b%5b31mred%0d%0a%7b%22level%22%3a%22fatal%22%7d' });
    await service.ask({ path: '/nowhere/\u001b[31m%0a{"level":"fatal"}'.replaceAll(/[^!-~]/g, '%1b') });
    await service.ask({
      path: '/v1/cascades',
      headers: { 'x-request-id': 'a"}{"level":"fatal', 'user-agent': 'a\tb' },
    });
    await service.ask({ method: 'PURGE', path: '/v1/cascades/"\'`' });
    const started = service.output.findIndex((line) => line.includes('answers at'));
    const lines = service.output.filter((line, at) => at !== started && line.startsWith('{'));
    expect(lines.length).toBeGreaterThan(hostile.length);
    for (const line of lines) {
      expect(z.looseObject({ level: z.string(), time: z.string() }).parse(JSON.parse(line)).level).not.toBe('fatal');
      expect(line).not.toMatch(/\p{Cc}/u);
    }
    // Nothing else was printed but the words of the start.
    expect(service.output.length - lines.length).toBeLessThan(10);
  });
});

describe('texts made to keep a pattern busy', () => {
  const long = 15_000;
  const texts: Array<[name: string, headers: Record<string, string>]> = [
    ['a request id', { 'x-request-id': `${'a'.repeat(long)}!` }],
    ['a trace', { traceparent: `00-${'0'.repeat(long)}` }],
    ['a content type', { 'content-type': `application/json${';'.repeat(long)}` }],
    ['a charset', { 'content-type': `application/json; charset=${'"'.repeat(long)}` }],
    ['an encoding', { 'content-encoding': `${' '.repeat(long)}gzip${' '.repeat(long / 100)}x` }],
    ['an accept header', { accept: 'a/b;q=0.1,'.repeat(long / 10) }],
  ];
  test.each(texts)('%s', async (_name, headers) => {
    const answer = await askInTime(service, { method: 'POST', path: '/v1/events', headers, body: '{}' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.durationMs).toBeLessThan(answerLimitMs);
  });

  const fields: Array<[name: string, event: Record<string, unknown>]> = [
    ['a language', { metadata: { language: `a${'-a'.repeat(500_000)}!` } }],
    ['a time zone', { metadata: { timeZone: `${'a'.repeat(1_000_000)}/!` } }],
    ['a network', { metadata: { network: `${'a'.repeat(1_000_000)}!` } }],
    ['a time', { timestamp: `2026-01-01T00:00:00.${'0'.repeat(1_000_000)}Z` }],
    ['a placeholder', { userId: `${'[object '.repeat(100_000)}` }],
    ['a name of a map', { metadata: { extra: { [`${'a.'.repeat(500_000)}!`]: 'x' } } }],
  ];
  test.each(fields)('%s of a million characters', async (_name, event) => {
    const body = JSON.stringify(someEvent(event));
    const headers = { 'content-type': 'application/json' };
    const answer = await askInTime(service, { method: 'POST', path: '/v1/events', headers, body });
    expect(answer.status).toBe(422);
    expect(answer.text.length).toBeLessThan(2000);
    expect(answer.durationMs).toBeLessThan(answerLimitMs);
  });

  test('a query of 4,000 parameters', async () => {
    const path = `/v1/cascades?${Array.from({ length: 1300 }, (_, at) => `p${at}`).join('&')}`;
    const answer = await askInTime(service, { path });
    expect(answer).toMatchObject({ status: 400, body: { code: 'unknown_parameter' } });
    expect(answer.durationMs).toBeLessThan(answerLimitMs);
  });
});

test('no route but that of the events takes a body; the one that does needs its text fields tried here', async () => {
  const { operations } = await readDocument(service.url);
  const taking = operations.filter(({ bodies }) => bodies.size > 0).map(({ operationId }) => operationId);
  expect(taking).toEqual(['acceptEvents']);
});

test('a cell of a CSV that would start a formula is only text', async () => {
  const ids = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1'];
  const shares = ids.map((id) =>
    someEvent({ eventName: 'post_share', userId: `${id} by`, data: { postId: 'root', shareId: id } }),
  );
  expect((await service.settle(shares)).body).toMatchObject({ accepted: ids.length, state: 'projected' });
  const { text } = await service.ask({ path: '/v1/cascades/root/tree?format=csv' });
  for (const id of ids) expect(text).toContain(`'${id.replaceAll('"', '""')}`);
  expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
});
