import { gzipSync } from 'node:zlib';
import { expectRefused } from './expect-refused.ts';
import { eventText, type OpenService, openService } from './open-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

type Case = [name: string, body: string | Buffer, status: number, code: string, type?: string];

const ndjson = 'application/x-ndjson';
const whole = eventText();

const bodies: Case[] = [
  ['an empty body', '', 400, 'body_empty'],
  ['spaces', ' \n ', 400, 'not_json'],
  ['a truncated event', whole.slice(0, 60), 400, 'not_json'],
  ['a truncated batch', `{"events":[${whole},`, 400, 'not_json'],
  ['null', 'null', 400, 'not_an_event'],
  ['a text', '"str"', 400, 'not_an_event'],
  ['a number', '17', 400, 'not_an_event'],
  ['a list', '[]', 400, 'not_an_event'],
  ['a list of events', `[${whole}]`, 400, 'not_an_event'],
  ['an empty batch', '{"events":[]}', 400, 'events_empty'],
  ['events that are no list', '{"events":{}}', 400, 'events_not_a_list'],
  ['events that are null', '{"events":null}', 400, 'events_not_a_list'],
  ['events that are a text', `{"events":"${'x'.repeat(1000)}"}`, 400, 'events_not_a_list'],
  ['a wrapper with another field', `{"events":[${whole}],"source":"x"}`, 400, 'unknown_field'],
  ['a wrapper with __proto__', `{"events":[${whole}],"__proto__":{}}`, 400, 'unknown_field'],
  ['a wrapper with events twice', `{"events":[${whole}],"events":[${whole}]}`, 400, 'duplicate_key'],
  ['two documents', `${whole}${whole}`, 400, 'not_json'],
  ['NDJSON sent as JSON', `${whole}\n${whole}`, 400, 'not_json'],
  ['10,001 events', `{"events":[${Array(10_001).fill('{}').join()}]}`, 413, 'too_many_events'],
  ['10,001 numbers', `{"events":[${Array(10_001).fill('1').join()}]}`, 413, 'too_many_events'],
  ['10,001 lines', '{}\n'.repeat(10_001), 413, 'too_many_events', ndjson],
  ['NDJSON without a line', '\n \r\n', 400, 'body_empty', ndjson],
  ['16,000,001 bytes', Buffer.alloc(16_000_001, 32), 413, 'payload_too_large'],
  ['16,000,001 bytes of lines', Buffer.alloc(16_000_001, 10), 413, 'payload_too_large', ndjson],
  ['16,000,000 spaces, which are no event', Buffer.alloc(16_000_000, 32), 400, 'not_json'],
  ['plain text', whole, 415, 'unsupported_media_type', 'text/plain'],
  ['a form', 'a=b', 415, 'unsupported_media_type', 'application/x-www-form-urlencoded'],
  ['parts', '--x\r\n\r\n--x--', 415, 'unsupported_media_type', 'multipart/form-data; boundary=x'],
  ['no type', whole, 415, 'unsupported_media_type', ''],
  ['a type that only begins like JSON', whole, 415, 'unsupported_media_type', 'application/jsonp'],
  ['two types', whole, 415, 'unsupported_media_type', 'application/json, text/plain'],
  ['UTF-16', Buffer.from(whole, 'utf16le'), 415, 'unsupported_charset', 'application/json; charset=utf-16'],
  ['Latin-1', Buffer.from(whole, 'latin1'), 415, 'unsupported_charset', 'application/json;charset=iso-8859-1'],
  ['a charset of quotes', whole, 415, 'unsupported_charset', 'application/json; charset="'],
];

const packed: Array<[name: string, body: Buffer, encoding: string, status: number, code: string]> = [
  ['a gzip bomb of 64 MB', gzipSync(Buffer.alloc(64_000_000, 32)), 'gzip', 413, 'payload_too_large'],
  ['a bomb inside a bomb', gzipSync(gzipSync(Buffer.alloc(64_000_000, 32))), 'gzip', 400, 'not_utf8'],
  ['more than 4,000,000 compressed bytes', Buffer.alloc(4_000_001), 'gzip', 413, 'payload_too_large'],
  ['a gzip stream cut short', gzipSync(whole).subarray(0, 40), 'gzip', 400, 'corrupt_gzip'],
  ['a gzip stream with a wrong check sum', spoiled(gzipSync(whole)), 'gzip', 400, 'corrupt_gzip'],
  ['plain bytes called gzip', Buffer.from(whole), 'gzip', 400, 'corrupt_gzip'],
  ['nothing called gzip', Buffer.alloc(0), 'gzip', 400, 'corrupt_gzip'],
  ['gzip of nothing', gzipSync(''), 'gzip', 400, 'body_empty'],
  ['brotli', Buffer.from(whole), 'br', 415, 'unsupported_encoding'],
  ['zstd', Buffer.from(whole), 'zstd', 415, 'unsupported_encoding'],
  ['gzip twice by name', gzipSync(gzipSync(whole)), 'gzip, gzip', 415, 'unsupported_encoding'],
];

function spoiled(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(0xdeadbeef, copy.length - 8);
  return copy;
}

const queries: Array<[query: string, code: string]> = [
  ['?results=some', 'invalid_parameter'],
  ['?results=', 'invalid_parameter'],
  ['?wait=stored', 'invalid_parameter'],
  ['?wait=projected&timeoutMs=-1', 'invalid_parameter'],
  ['?timeoutMs=1e9', 'invalid_parameter'],
  ['?timeoutMs=60001', 'invalid_parameter'],
  ['?timeoutMs=1.5', 'invalid_parameter'],
  ['?unknown=1', 'unknown_parameter'],
  ['?__proto__=1', 'unknown_parameter'],
  ['?results=all&results=all', 'repeated_parameter'],
  ['?results[]=all', 'unknown_parameter'],
  ['?=', 'unknown_parameter'],
  ['?results=%00', 'malformed_url'],
  ['?results=%zz', 'malformed_url'],
  ['?results=%c0%af', 'malformed_url'],
];

describe('a body that is no request', () => {
  // Loops, because test.each would print bodies of megabytes.
  for (const [name, body, status, code, type = 'application/json'] of bodies) {
    test(`${name} is a clear problem`, () =>
      expectRefused(service, asking(body, type === '' ? {} : { 'content-type': type }), { status, code }));
  }

  for (const [name, body, encoding, status, code] of packed) {
    test(`${name} is a clear problem`, () => {
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      return expectRefused(service, asking(body, headers), { status, code });
    });
  }

  test.each(queries)('the query %s is refused', (query, code) =>
    expectRefused(
      service,
      { ...asking(whole, { 'content-type': 'application/json' }), path: `/v1/events${query}` },
      {
        status: 400,
        code,
      },
    ),
  );
});

describe('addresses', () => {
  const hostile: Array<[path: string, status: number, code: string]> = [
    ['/v1/posts/a%00b', 400, 'malformed_url'],
    ['/v1/posts/%00', 400, 'malformed_url'],
    ['/v1/posts/a%0d%0aSet-Cookie:%20x', 400, 'malformed_url'],
    ['/v1/posts/%zz', 400, 'malformed_url'],
    ['/v1/posts/%', 400, 'malformed_url'],
    ['/v1/posts/%c0%af', 400, 'malformed_url'],
    ['/v1/posts/%ed%a0%80', 400, 'malformed_url'],
    ['/v1/posts/..%2f..%2fetc%2fpasswd', 404, 'post_not_found'],
    ['/v1/posts/..%5c..%5cboot.ini', 404, 'post_not_found'],
    ['/v1/posts/%252e%252e%252f', 404, 'post_not_found'],
    ['/docs/..%2fbuild-app.ts', 404, 'route_not_found'],
    ['/docs/..%2f..%2f..%2fpackage.json', 404, 'route_not_found'],
    ['/docs/%2e%2e/build-app.ts', 404, 'route_not_found'],
    ['/docs/__proto__', 404, 'route_not_found'],
    ['/v1/../v1/posts', 404, 'route_not_found'],
    ['//v1/cascades', 404, 'route_not_found'],
    ['/v1//cascades', 404, 'route_not_found'],
    ['/V1/cascades', 404, 'route_not_found'],
    ['/v1/cascades/', 404, 'route_not_found'],
    ['/v1/events/schemas/__proto__', 404, 'unknown_event_name'],
    ['/v1/events/schemas/constructor', 404, 'unknown_event_name'],
    ['*', 404, 'route_not_found'],
    [`/v1/posts/${'x'.repeat(129)}`, 400, 'invalid_parameter'],
    [`/v1/posts/${'x'.repeat(8000)}`, 400, 'invalid_parameter'],
  ];
  test.each(hostile)('%s', (path, status, code) => expectRefused(service, { path }, { status, code }));

  test.each(['DELETE', 'PUT', 'PATCH', 'POST'])(
    '%s of a list is refused with the methods there are',
    async (method) => {
      const answer = await expectRefused(
        service,
        { method, path: '/v1/cascades' },
        { status: 405, code: 'method_not_allowed' },
      );
      expect(answer.headers['allow']).toBe('GET, HEAD');
    },
  );
});

function asking(body: string | Buffer, headers: Record<string, string>) {
  return { method: 'POST', path: '/v1/events', headers, body };
}
