import { expectRefused, expectRefusedItem } from './expect-refused.ts';
import { eventText, type OpenService, openService, rewritten, someEvent } from './open-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

const ndjson = 'application/x-ndjson';
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
const manyKeys = JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, 1])));
const bytes = (...parts: Array<string | number[]>) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const measuredAs = (value: string) =>
  rewritten('"VALUE"', value, { eventName: 'performance_metric', data: { name: 'ttfb', value: 'VALUE', unit: 'ms' } });

type Document = [name: string, body: string | Buffer, status: number, code: string, type?: string];

const documents: Document[] = [
  ['depth 33', nested(33), 413, 'too_deep'],
  ['depth 33 in lists', `{"events":[${'['.repeat(31)}${']'.repeat(31)}]}`, 413, 'too_deep'],
  ['depth 45,000', nested(45_000), 413, 'too_deep'],
  ['depth 45,000 never closed', '['.repeat(45_000), 413, 'too_deep'],
  ['depth 8,000,000', '['.repeat(8_000_000), 413, 'too_deep'],
  ['depth 45,000 in a line', `{}\n${nested(45_000)}`, 422, 'all_items_refused', ndjson],
  ['100,000 keys', manyKeys, 413, 'too_many_keys'],
  ['100,000 keys in a batch', `{"events":[${manyKeys}]}`, 413, 'too_many_keys'],
  ['100,000 keys in a line', manyKeys, 422, 'all_items_refused', ndjson],
  ['1,001 keys', JSON.stringify(someEvent({ data: keys(996) })), 413, 'too_many_keys'],
  ['a byte order mark', `\uFEFF${eventText()}`, 400, 'not_json'],
  ['a byte order mark before lines', `\uFEFF${eventText()}\n`, 422, 'all_items_refused', ndjson],
  ['NaN', rewritten('"user_1"', 'NaN'), 400, 'not_json'],
  ['Infinity', rewritten('"user_1"', '-Infinity'), 400, 'not_json'],
  ['undefined', rewritten('"user_1"', 'undefined'), 400, 'not_json'],
  ['a comment', `/* hello */ ${eventText()}`, 400, 'not_json'],
  ['a comment behind', `${eventText()} // hello`, 400, 'not_json'],
  ['single quotes', eventText().replaceAll('"', "'"), 400, 'not_json'],
  ['keys without quotes', eventText().replaceAll(/"(\w+)":/g, '$1:'), 400, 'not_json'],
  ['a trailing comma', eventText().replace(/\}$/, ',}'), 400, 'not_json'],
  ['a trailing comma in the list', `{"events":[${eventText()},]}`, 400, 'not_json'],
  ['a hexadecimal number', measuredAs('0x10'), 400, 'not_json'],
  ['a number with a leading zero', measuredAs('010'), 400, 'not_json'],
  ['a number with a plus', measuredAs('+1'), 400, 'not_json'],
  ['a raw line feed in a text', rewritten('user_1', 'user\n1'), 400, 'not_json'],
  ['a raw NUL in a text', rewritten('user_1', 'user\0'), 400, 'not_json'],
  ['a raw NUL behind the event', `${eventText()}\0`, 400, 'not_json'],
  ['half an escape', rewritten('user_1', '\\u12'), 400, 'not_json'],
  ['an escape that does not exist', rewritten('user_1', '\\x41'), 400, 'not_json'],
  ['invalid UTF-8', bytes('{"eventId":"', [0xc3, 0x28, 0x22, 0x7d]), 400, 'not_utf8'],
  ['an overlong slash', bytes('{"eventId":"', [0xc0, 0xaf], '"}'), 400, 'not_utf8'],
  ['a surrogate in UTF-8', bytes('{"eventId":"', [0xed, 0xa0, 0x80], '"}'), 400, 'not_utf8'],
  ['a code point past U+10FFFF', bytes('{"eventId":"', [0xf4, 0x90, 0x80, 0x80], '"}'), 400, 'not_utf8'],
  ['half a UTF-8 sequence at the end', bytes(eventText(), [0xe2, 0x82]), 400, 'not_utf8'],
  ['invalid UTF-8 in a line', bytes('{"eventId":"', [0xff], '"}\n'), 422, 'all_items_refused', ndjson],
];

function keys(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
}

describe('a document that is no JSON to rely on', () => {
  for (const [name, body, status, code, type = 'application/json'] of documents) {
    test(`${name} is a clear problem`, () =>
      expectRefused(
        service,
        { method: 'POST', path: '/v1/events', headers: { 'content-type': type }, body },
        { status, code },
      ));
  }
});

type Item = [name: string, event: string, code: string, pointer: string];

const items: Item[] = [
  ['a duplicate key', rewritten('"userId"', '"userId":"user_2","userId"'), 'duplicate_key', ''],
  ['a duplicate key in data', rewritten('"postId"', '"postId":"p","postId"'), 'duplicate_key', ''],
  ['a duplicate key by escape', rewritten('"userId"', '"user\\u0049d":"user_2","userId"'), 'duplicate_key', ''],
  ['a duplicate eventId', rewritten('"eventId"', '"eventId":"other","eventId"'), 'duplicate_key', ''],
  ['__proto__', rewritten('"userId"', '"__proto__":{"admin":true},"userId"'), 'unknown_field', '/__proto__'],
  ['__proto__ by escape', rewritten('"userId"', '"__proto\\u005f_":{},"userId"'), 'unknown_field', '/__proto__'],
  ['__proto__ in data', rewritten('"postId"', '"__proto__":1,"postId"'), 'unknown_field', '/data/__proto__'],
  [
    '__proto__ in a map',
    rewritten('"KEY"', '"__proto__"', { metadata: { extra: { KEY: 'x' } } }),
    'unknown_field',
    '/metadata/extra/__proto__',
  ],
  ['__proto__ at the greatest depth', deepProto(), 'unknown_field', ''],
  ['constructor', rewritten('"userId"', '"constructor":{"prototype":{}},"userId"'), 'unknown_field', '/constructor'],
  [
    'constructor in a map',
    eventText({ metadata: { extra: { constructor: 'x' } } }),
    'unknown_field',
    '/metadata/extra/constructor',
  ],
  ['toString for a field', rewritten('"userId"', '"toString":"x","userId"'), 'unknown_field', '/toString'],
  [
    'hasOwnProperty for a field of data',
    rewritten('"postId"', '"hasOwnProperty":1,"postId"'),
    'unknown_field',
    '/data/hasOwnProperty',
  ],
  ['a key of 100,000 characters', eventText({ ['k'.repeat(100_000)]: 1 }), 'unknown_field', `/${'k'.repeat(128)}…`],
  ['1e400', measuredAs('1e400'), 'out_of_range', '/data/value'],
  ['-1e400', measuredAs('-1e400'), 'out_of_range', '/data/value'],
  ['2^53+1', measuredAs('9007199254740993'), 'out_of_range', '/data/value'],
  ['a number of 100,000 digits', measuredAs('9'.repeat(100_000)), 'out_of_range', '/data/value'],
  [
    '2^53+1 as a duration',
    rewritten('"VALUE"', '9007199254740993', { data: { postId: 'p', viewDurationMs: 'VALUE' } }),
    'out_of_range',
    '/data/viewDurationMs',
  ],
  ['a lone surrogate in an id', rewritten('user_1', '\\ud800'), 'invalid_id', '/userId'],
  ['a lone low surrogate in an id', rewritten('user_1', 'a\\udc00b'), 'invalid_id', '/userId'],
  ['surrogates the wrong way round', rewritten('user_1', '\\ude00\\ud83d'), 'invalid_id', '/userId'],
  [
    'a lone surrogate in free text',
    rewritten('"CITY"', '"\\udfff"', { metadata: { city: 'CITY' } }),
    'ill_formed_text',
    '/metadata/city',
  ],
  ['NUL in an id', eventText({ userId: 'a\u0000b' }), 'invalid_id', '/userId'],
  ['NUL in free text', eventText({ metadata: { city: 'a\u0000b' } }), 'ill_formed_text', '/metadata/city'],
  ['NUL in a map', eventText({ metadata: { extra: { a: '\u0000' } } }), 'ill_formed_text', '/metadata/extra/a'],
  ['an escape character in an id', eventText({ eventId: 'a\u001b[31mb' }), 'invalid_id', '/eventId'],
  ['DEL in an id', eventText({ eventId: 'a\u007fb' }), 'invalid_id', '/eventId'],
  ['a C1 control in an id', eventText({ eventId: 'a\u0085b' }), 'invalid_id', '/eventId'],
  ['a line feed in an id', eventText({ eventId: 'a\nb' }), 'invalid_id', '/eventId'],
  ['CR LF in an id', eventText({ eventId: 'a\r\nb' }), 'invalid_id', '/eventId'],
  ['a bidi override in an id', eventText({ userId: 'abc\u202edef' }), 'invalid_id', '/userId'],
  ['a bidi isolate in a post id', eventText({ data: { postId: 'a\u2066b' } }), 'invalid_id', '/data/postId'],
];

function deepProto(): string {
  const deep = `${'{"a":'.repeat(27)}{"__proto__":1}${'}'.repeat(27)}`;
  return rewritten('"DEEP"', deep, { metadata: { city: 'DEEP' } });
}

describe('an item that is no event to rely on', () => {
  for (const [name, event, code, pointer] of items) {
    test(`${name} is refused by its place`, () =>
      expectRefusedItem(service, event, pointer === '' ? { code } : { code, pointer }));
  }

  test('inside a batch each costs itself only, and what is good is stored as it came', async () => {
    const good = items.map((_item, at) => eventText({ eventId: `beside-${at}` }));
    const mixed = items.flatMap(([, event], at) => [good[at], event]);
    const answer = await service.post(`{"events":[${mixed.join()}]}`);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      accepted: items.length,
      rejected: items.length,
      results: items.map(([, , code], at) => ({ index: 2 * at + 1, status: 'rejected', code })),
    });
    await service.caughtUp();
    expect(await service.count()).toMatchObject({ lastSeq: items.length, events: items.length, entries: 1 });
  });

  test('what JSON sees as the same text is the same id, and what it sees as two texts is two', async () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    const [first, second] = [eventText({ eventId: composed }), eventText({ eventId: decomposed })];
    const escaped = first.replace('\u00e9', '\\u00e9');
    const answer = await service.post(`{"events":[${first},${second},${escaped}]}`);
    expect(answer.body).toMatchObject({ accepted: 2, duplicate: 1, results: [{ index: 2, code: 'duplicate' }] });
    await service.caughtUp();
    for (const eventId of [composed, decomposed]) {
      const read = await service.ask({ path: `/v1/events/${encodeURIComponent(eventId)}` });
      expect(read.body).toMatchObject({ eventId, status: 'stored' });
    }
  });
});
