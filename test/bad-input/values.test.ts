import { readFileSync, rmSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { eventText, type OpenService, openService, someEvent } from './open-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

/** Texts that a careless layer cuts, folds, trims, re-encodes or takes for something else. */
const texts: Array<[name: string, text: string]> = [
  ['emoji', '👍🏽🎉'],
  ['a family of ZWJs', '👩\u200d👩\u200d👧\u200d👦'],
  ['a flag of regional indicators', '🇳🇵'],
  ['right to left', 'שלום עולם مرحبا'],
  ['right to left with digits', 'א123ב'],
  ['Devanagari with ZWNJ', 'नेपा\u200cली'],
  ['composed', 'caf\u00e9'],
  ['decomposed', 'cafe\u0301'],
  ['a sharp s, whose capital is two', 'stra\u00dfe'],
  ['a dotless i', 'ı İ'],
  ['the last code point', '\u{10ffff}'],
  ['the replacement character', '\ufffd'],
  ['a byte order mark inside', 'a\ufeffb'],
  ['line separators', 'a\u2028b\u2029c'],
  ['a soft hyphen and a word joiner', 'a\u00adb\u2060c'],
  ['spaces at both ends', '  a  '],
  ['spaces only', '   '],
  ['a no-break space', '\u00a0'],
  ['quotes and backslashes', `"'\\\\"'\``],
  ['what looks like an escape', '\\u0041\\n\\x41'],
  ['what looks like percent encoding', '%41%2F%00%zz+&=?#'],
  ['what looks like a path', '../../etc/passwd'],
  ['what looks like HTML', '<script>alert(1)</script>&amp;'],
  ['what looks like a format', '%s %d {0} {{y}} #{x}'],
  ['2^63', '9223372036854775807'],
  ['2^64', '18446744073709551616'],
  ['2^53+1', '9007199254740993'],
  ['a number of 100 digits', '1234567890'.repeat(10)],
  ['a number with zeros around it', '007.500'],
  ['minus zero', '-0'],
  ['an exponent', '1e400'],
  ['hexadecimal', '0x1F'],
  ['true', 'true'],
  ['nan', 'nan'],
  ['ClickHouse’s own NULL', '\\N'],
  ['a JSON document', '{"a":[1,null]}'],
  ['a tab-separated line', 'a\\tb'],
  ['128 emoji', '👍'.repeat(128)],
];

const storedRow = {
  path: 'one stored event',
  text: `SELECT hex(data) AS data, hex(metadata) AS metadata, hex(event_id) AS eventId, hex(post_id) AS postId,
    hex(account_id) AS accountId, hex(session_id) AS sessionId FROM events WHERE event_id = {eventId:String}`,
  params: z.object({ eventId: z.string() }),
  row: z.object({
    data: z.string(),
    metadata: z.string(),
    eventId: z.string(),
    postId: z.string(),
    accountId: z.string(),
    sessionId: z.string(),
  }),
};

const hex = (text: string) => Buffer.from(text).toString('hex').toUpperCase();
const path = (text: string) => encodeURIComponent(text);

type Sent = { data: object; metadata: object; userId: string };

function contentOf(text: string): Sent {
  return {
    data: { postId: text, category: fitting(text, 100), hashtags: [fitting(text, 100)] },
    metadata: { city: fitting(text, 100), extra: { note: text, other: `${text}${text}` } },
    userId: fitting(`u${text}`, 128),
  };
}

/** A text cut to what a shorter field takes, never inside a character. */
function fitting(text: string, characters: number): string {
  return Array.from(text).slice(0, characters).join('');
}

describe('a text comes back exactly as it was sent', () => {
  beforeAll(async () => {
    const events = texts.map(([, text]) =>
      someEvent({ eventId: text, eventName: 'post_created', sessionId: text, ...contentOf(text) }),
    );
    expect((await service.settle(events)).body).toMatchObject({ accepted: texts.length, state: 'projected' });
  }, 70_000);

  test.each(texts)('%s: as ids, and as values of fields and maps', async (_name, text) => {
    const { data, metadata, userId } = contentOf(text);
    const [row] = await service.facts.select(storedRow, { eventId: text });
    expect(row).toEqual({
      data: hex(JSON.stringify(data)),
      metadata: hex(JSON.stringify(metadata)),
      eventId: hex(text),
      postId: hex(text),
      accountId: hex(userId),
      sessionId: hex(text),
    });
    expect((await service.ask({ path: `/v1/events/${path(text)}` })).body).toMatchObject({
      eventId: text,
      status: 'stored',
    });
    const post = await service.ask({ path: `/v1/posts/${path(text)}` });
    expect(post.body).toMatchObject({ postId: text, authorId: userId, root: { postId: text, authorId: userId } });
    const chain = await service.ask({ path: `/v1/posts/${path(text)}/path` });
    expect(chain.body).toMatchObject({ sharePath: path(text), path: [{ postId: text, authorId: userId }] });
    const cascade = await service.ask({ path: `/v1/cascades/${path(text)}` });
    expect(cascade.body).toMatchObject({ rootPostId: text, authorId: userId });
    const list = await service.ask({ path: `/v1/cascades?authorId=${path(userId)}` });
    expect(list.body).toMatchObject({ total: 1, items: [{ rootPostId: text, authorId: userId }] });
  });

  test('also where the sender escapes what need not be escaped, and compresses', async () => {
    const eventId = 'escaped-👍';
    const text = eventText({ eventId, metadata: { city: 'Zürich 👍' } });
    const escaped = text.replaceAll(/[^\x20-\x7e]/gu, (letter) =>
      [...Array(letter.length).keys()]
        .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
    );
    expect(Buffer.byteLength(escaped)).toBe(escaped.length);
    const answer = await service.post(gzipSync(escaped), { encoding: 'gzip', query: '?wait=projected' });
    expect(answer.body).toMatchObject({ accepted: 1, state: 'projected' });
    const [row] = await service.facts.select(storedRow, { eventId });
    expect(row?.metadata).toBe(hex(JSON.stringify({ city: 'Zürich 👍' })));
    expect((await service.post(text)).body).toMatchObject({ accepted: 0, duplicate: 1 });
  });

  test('numbers are stored as the numbers they were', async () => {
    const values = [0.1, 1e-7, 123_456_789_012_345, -999_999_999_999_999, 5e-324, 1.7976931348623157, 100, 0];
    const events = values.map((value, at) =>
      someEvent({ eventId: `number-${at}`, eventName: 'performance_metric', data: { name: 'n', value, unit: 'ms' } }),
    );
    expect((await service.settle(events)).body).toMatchObject({ accepted: values.length, state: 'projected' });
    for (const [at, value] of values.entries()) {
      const [row] = await service.facts.select(storedRow, { eventId: `number-${at}` });
      expect(row?.data).toBe(hex(JSON.stringify({ name: 'n', value, unit: 'ms' })));
    }
  });
});

describe('out of the table and back, through the table’s own compressions', () => {
  const names = texts.map(([, text]) => text);

  async function ask(statement: string | Buffer, options: { headers?: Record<string, string>; query?: string } = {}) {
    const search = new URLSearchParams({ database: service.database });
    if (options.query !== undefined) search.set('query', options.query);
    if (options.headers?.['accept-encoding'] !== undefined) search.set('enable_http_compression', '1');
    const response = await fetch(`${testEnvironment('CLICKHOUSE_URL')}/?${search}`, {
      method: 'POST',
      body: typeof statement === 'string' ? statement : new Uint8Array(statement),
      headers: {
        'x-clickhouse-user': testEnvironment('CLICKHOUSE_USER'),
        'x-clickhouse-key': testEnvironment('CLICKHOUSE_PASSWORD'),
        ...options.headers,
      },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok) throw new Error(bytes.toString());
    return { bytes, encoding: response.headers.get('content-encoding') };
  }

  const everything = `SELECT event_id, data FROM events WHERE event_name = 'post_created' ORDER BY accept_seq`;

  test('gzip and no compression give the same bytes, which are those that were sent', async () => {
    const plain = await ask(`${everything} FORMAT JSONCompactEachRow`);
    const packed = await ask(`${everything} FORMAT JSONCompactEachRow`, { headers: { 'accept-encoding': 'gzip' } });
    const rows = z.array(z.tuple([z.string(), z.string()])).parse(
      plain.bytes
        .toString()
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    );
    expect(rows.map(([eventId]) => eventId)).toEqual(names);
    expect(rows.map(([, data]) => z.looseObject({ postId: z.string() }).parse(JSON.parse(data)).postId)).toEqual(names);
    // fetch has unpacked it already where it says gzip.
    expect(packed.encoding === 'gzip' ? packed.bytes : gunzipSync(packed.bytes)).toEqual(plain.bytes);
  });

  test.each(['gzip', 'lz4', 'zstd'])('a %s body puts the same bytes into a table', async (encoding) => {
    const table = `survivors_${encoding}`;
    await ask(`CREATE TABLE ${table} (event_id String, data String) ENGINE = MergeTree ORDER BY tuple()`);
    const rows = (await ask(`${everything} FORMAT RowBinary`)).bytes;
    const body = encoding === 'gzip' ? gzipSync(rows) : await packedByEngine(encoding);
    await ask(body, { query: `INSERT INTO ${table} FORMAT RowBinary`, headers: { 'content-encoding': encoding } });
    const digest = (from: string) => ask(`SELECT count(), sum(sipHash64(event_id, data)) FROM (${from}) FORMAT TSV`);
    expect((await digest(`SELECT * FROM ${table}`)).bytes).toEqual((await digest(everything)).bytes);
  });

  /** The engine itself packs the rows, because this Node has neither lz4 nor zstd. */
  async function packedByEngine(encoding: string): Promise<Buffer> {
    const [folder] = z
      .array(z.object({ path: z.string() }))
      .parse(
        JSON.parse(
          (await ask(`SELECT path FROM system.disks LIMIT 1 FORMAT JSONEachRow`)).bytes
            .toString()
            .trim()
            .replace(/^/, '[')
            .replace(/$/, ']'),
        ),
      );
    const file = `${folder?.path ?? ''}/survivors-${encoding}-${service.database}`;
    await ask(
      `INSERT INTO FUNCTION file('${file}', 'RowBinary', 'event_id String, data String', '${encoding}') ${everything}`,
    );
    const packed = readFileSync(file);
    rmSync(file);
    return packed;
  }
});
