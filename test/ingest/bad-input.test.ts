import { gzipSync } from 'node:zlib';
import { type Door, openDoor, someEvent } from './open-door.ts';

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

type Case = [name: string, body: string | Buffer, status: number, code: string, type?: string];

const json = (fields: Record<string, unknown>) => JSON.stringify(someEvent(fields));
const withText = (from: string, to: string, fields: Record<string, unknown> = {}) =>
  json(fields).replace(from, () => to);
const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
const manyKeys = JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, 1])));
const hour = 3_600_000;

const framing: Case[] = [
  ['an empty body', '', 400, 'body_empty'],
  ['spaces', ' \n ', 400, 'not_json'],
  ['a truncated event', json({}).slice(0, 60), 400, 'not_json'],
  ['a truncated batch', `{"events":[${json({})},`, 400, 'not_json'],
  ['null', 'null', 400, 'not_an_event'],
  ['a text', '"str"', 400, 'not_an_event'],
  ['a number', '17', 400, 'not_an_event'],
  ['a list', '[]', 400, 'not_an_event'],
  ['a list of events', `[${json({})}]`, 400, 'not_an_event'],
  ['an empty batch', '{"events":[]}', 400, 'events_empty'],
  ['events that are no list', '{"events":{}}', 400, 'events_not_a_list'],
  ['events that are null', '{"events":null}', 400, 'events_not_a_list'],
  ['a wrapper with another field', `{"events":[${json({})}],"source":"x"}`, 400, 'unknown_field'],
  ['a wrapper with __proto__', `{"events":[${json({})}],"__proto__":{}}`, 400, 'unknown_field'],
  ['a wrapper with events twice', `{"events":[${json({})}],"events":[${json({})}]}`, 400, 'duplicate_key'],
  ['two documents', `${json({})}${json({})}`, 400, 'not_json'],
  ['NDJSON sent as JSON', `${json({})}\n${json({})}`, 400, 'not_json'],
  ['10,001 events', `{"events":[${Array(10_001).fill('{}').join()}]}`, 413, 'too_many_events'],
  ['10,001 numbers', `{"events":[${Array(10_001).fill('1').join()}]}`, 413, 'too_many_events'],
  ['10,001 lines', '{}\n'.repeat(10_001), 413, 'too_many_events', 'application/x-ndjson'],
  ['NDJSON without a line', '\n \r\n', 400, 'body_empty', 'application/x-ndjson'],
  ['16,000,001 bytes', Buffer.alloc(16_000_001, 32), 413, 'payload_too_large'],
  ['plain text', json({}), 415, 'unsupported_media_type', 'text/plain'],
  ['a form', 'a=b', 415, 'unsupported_media_type', 'application/x-www-form-urlencoded'],
  ['no type', json({}), 415, 'unsupported_media_type', ''],
  ['UTF-16', Buffer.from(json({}), 'utf16le'), 415, 'unsupported_charset', 'application/json; charset=utf-16'],
  ['Latin-1', Buffer.from(json({}), 'latin1'), 415, 'unsupported_charset', 'application/json;charset=iso-8859-1'],
];

const documents: Case[] = [
  ['depth 33', nested(33), 413, 'too_deep'],
  ['depth 33 in lists', `{"events":[${'['.repeat(31)}${']'.repeat(31)}]}`, 413, 'too_deep'],
  ['depth 45,000', nested(45_000), 413, 'too_deep'],
  ['depth 45,000 never closed', '['.repeat(45_000), 413, 'too_deep'],
  ['depth 45,000 in a line', `{}\n${nested(45_000)}`, 422, 'all_items_refused', 'application/x-ndjson'],
  ['100,000 keys', manyKeys, 413, 'too_many_keys'],
  ['100,000 keys in a batch', `{"events":[${manyKeys}]}`, 413, 'too_many_keys'],
  ['a byte order mark', `\uFEFF${json({})}`, 400, 'not_json'],
  ['NaN', withText('"user_1"', 'NaN'), 400, 'not_json'],
  ['Infinity', withText('"user_1"', '-Infinity'), 400, 'not_json'],
  ['a comment', `/* hello */ ${json({})}`, 400, 'not_json'],
  ['single quotes', json({}).replaceAll('"', "'"), 400, 'not_json'],
  ['a trailing comma', json({}).replace(/\}$/, ',}'), 400, 'not_json'],
  ['a raw line feed in a text', withText('user_1', 'user\n1'), 400, 'not_json'],
  ['invalid UTF-8', Buffer.from([...Buffer.from('{"eventId":"'), 0xc3, 0x28, 0x22, 0x7d]), 400, 'not_utf8'],
  ['half a UTF-8 sequence at the end', Buffer.from([...Buffer.from(json({})), 0xe2, 0x82]), 400, 'not_utf8'],
];

describe('a body that is no request', () => {
  // A loop, because test.each would print bodies of megabytes.
  for (const [name, body, status, code, type] of [...framing, ...documents]) {
    test(`${name} is a clear problem`, async () => {
      await expectRefusal({ body, status, code, type: type ?? 'application/json' });
    });
  }

  test('a gzip bomb stops at the limit; other encodings and broken gzip are refused', async () => {
    const bomb = gzipSync(Buffer.alloc(64_000_000, 32));
    expect(await sendEncoded(bomb, 'gzip')).toMatchObject({ status: 413 });
    expect(await sendEncoded(gzipSync(json({})).subarray(0, 40), 'gzip')).toMatchObject({ status: 400 });
    expect(await sendEncoded(Buffer.from(json({})), 'gzip')).toMatchObject({ status: 400 });
    expect(await sendEncoded(Buffer.from(json({})), 'br')).toMatchObject({ status: 415 });
    expect(await door.log.lastSeq()).toBe(0);
  });

  test.each([
    '?results=some',
    '?wait=stored',
    '?timeoutMs=-1',
    '?timeoutMs=1e9',
    '?unknown=1',
    '?results=all&results=all',
  ])('the query %s is refused', async (query) => {
    const answer = await door.post(json({}), { query });
    expect(answer.status).toBe(400);
    expect(await door.log.lastSeq()).toBe(0);
  });
});

type Item = [name: string, event: string];

const share = (data: Record<string, unknown>) => json({ eventName: 'post_share', data });
const performance = (value: string) =>
  withText('"VALUE"', value, { eventName: 'performance_metric', data: { name: 'ttfb', value: 'VALUE', unit: 'ms' } });
const viewFor = (viewDurationMs: unknown) => json({ data: { postId: 'p', viewDurationMs } });

const items: Item[] = [
  ['a duplicate key', withText('"userId"', '"userId":"user_2","userId"')],
  ['a duplicate key in data', withText('"postId"', '"postId":"p","postId"')],
  ['a duplicate key by escape', withText('"userId"', '"user\\u0049d":"user_2","userId"')],
  ['__proto__', withText('"userId"', '"__proto__":{"admin":true},"userId"')],
  ['__proto__ in data', withText('"postId"', '"__proto__":1,"postId"')],
  ['constructor', withText('"userId"', '"constructor":{"prototype":{}},"userId"')],
  ['1e400', performance('1e400')],
  ['-1e400', performance('-1e400')],
  ['2^53+1 as a count', viewFor(2 ** 53 + 2)],
  ['a lone surrogate in an id', withText('user_1', '\\ud800')],
  ['NUL in an id', json({ userId: 'a\u0000b' })],
  ['a control character in an id', json({ eventId: 'a\u001bb' })],
  ['DEL in an id', json({ eventId: 'a\u007fb' })],
  ['a line feed in an id', json({ eventId: 'a\nb' })],
  ['a bidi override in an id', json({ userId: 'abc\u202edef' })],
  ['a bidi isolate in a post id', json({ data: { postId: 'a\u2066b' } })],
  ['no eventId', json({ eventId: undefined })],
  ['no eventName', json({ eventName: undefined })],
  ['no userId', json({ userId: undefined })],
  ['no timestamp', json({ timestamp: undefined })],
  ['no data where some is needed', json({ data: undefined })],
  ['an empty eventId', json({ eventId: '' })],
  ['an empty userId', json({ userId: '' })],
  ['an id of 129 characters', json({ eventId: 'x'.repeat(129) })],
  ['an id of a million characters', json({ eventId: 'x'.repeat(1_000_000) })],
  ['a number for an id', json({ userId: 17 })],
  ['an object for an id', json({ userId: {} })],
  ['a list for an id', json({ eventId: ['a'] })],
  ['the placeholder null', json({ userId: 'null' })],
  ['the placeholder undefined', json({ userId: 'undefined' })],
  ['the placeholder anonymous', json({ userId: 'anonymous' })],
  ['the placeholder 0', json({ userId: '0' })],
  ['the placeholder [object Object]', json({ userId: '[object Object]' })],
  ['the nil UUID', json({ userId: '00000000-0000-0000-0000-000000000000' })],
  ['an unknown name', json({ eventName: 'post_teleported' })],
  ['a name in the wrong case', json({ eventName: 'Post_View' })],
  ['a name of the prototype', json({ eventName: 'toString' })],
  ['a negative duration', viewFor(-1)],
  ['a fractional duration', viewFor(1.5)],
  ['a text for a number', viewFor('100')],
  ['null for a number', viewFor(null)],
  ['an overflowing number', viewFor(1e308)],
  ['a completion over 1', json({ data: { postId: 'p', completion: 1.01 } })],
  ['the year 1850', json({ timestamp: '1850-01-01T00:00:00Z' })],
  ['the year 1969', json({ timestamp: '1969-12-31T23:59:59Z' })],
  ['the year 2106', json({ timestamp: '2106-02-07T06:28:16Z' })],
  ['the year 2200', json({ timestamp: Date.UTC(2200, 0, 1) })],
  ['an hour ahead', json({ timestamp: Date.now() + hour })],
  ['February 30', json({ timestamp: '2025-02-30T00:00:00Z' })],
  ['an offset of 99:99', json({ timestamp: '2025-02-01T00:00:00+99:99' })],
  ['a leap second', json({ timestamp: '2016-12-31T23:59:60Z' })],
  ['a time without offset', json({ timestamp: '2025-02-01T00:00:00' })],
  ['a date', json({ timestamp: '2025-02-01' })],
  ['epoch seconds', json({ timestamp: 1_700_000_000 })],
  ['a fractional time', json({ timestamp: 1_700_000_000_000.5 })],
  ['an infinite time', withText('1234567890123', '1e999', { timestamp: 1_234_567_890_123 })],
  ['a sentAt that is no time', json({ sentAt: 'yesterday' })],
  ['an unknown field', json({ colour: 'red' })],
  ['an unknown field of data', json({ data: { postId: 'p', colour: 'red' } })],
  ['an unknown field of metadata', json({ metadata: { colour: 'red' } })],
  ['rootId', json({ rootId: 'r' })],
  ['depth of the server', share({ postId: 'p', depth: 3 })],
  ['state of the server', share({ postId: 'p', state: 'linked' })],
  ['a share of itself', share({ postId: 'p', shareId: 'p' })],
  ['data that is a list', json({ data: [] })],
  ['metadata that is null', json({ metadata: null })],
  [
    '33 extra fields',
    json({ metadata: { extra: Object.fromEntries([...Array(33).keys()].map((key) => [`k${key}`, 'v'])) } }),
  ],
];

describe('an item that is no event', () => {
  for (const [name, event] of items) {
    test(`${name} is refused, alone and inside a batch, and leaves no trace`, () => expectRefusedItem(name, event));
  }
});

async function expectRefusedItem(name: string, event: string): Promise<void> {
  await expectRefusal({ body: event, status: 422, code: 'all_items_refused', type: 'application/json' });
  const before = await door.log.lastSeq();
  const good = json({ eventId: `good beside ${name}` });
  const answer = await door.post(`{"events":[${good},${event}]}`);
  expect(answer.status).toBe(207);
  expect(answer.body).toMatchObject({ accepted: 1, rejected: 1 });
  expect(answer.body['results']).toMatchObject([
    { index: 1, status: 'rejected', code: expect.stringMatching(/^[a-z_]+$/), detail: expect.any(String) },
  ]);
  expect(await door.log.lastSeq()).toBe(before + 1);
  const entry = await door.log.readEntry(await door.log.lastId());
  expect(entry?.body.toString()).toBe(good);
}

type Refusal = { body: string | Buffer; status: number; code: string; type: string };

async function expectRefusal({ body, status, code, type }: Refusal): Promise<void> {
  const before = await door.log.lastSeq();
  const startedAt = Date.now();
  const answer = await door.post(body, { type });
  expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status, code });
  expect(answer.contentType).toContain('application/problem+json');
  expect(Date.now() - startedAt).toBeLessThan(1000);
  expect(await door.log.lastSeq()).toBe(before);
}

async function sendEncoded(body: Buffer, encoding: string): Promise<{ status: number }> {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
  const response = await fetch(`${door.url}/v1/events`, { method: 'POST', body: new Uint8Array(body), headers });
  await response.text();
  return { status: response.status };
}
