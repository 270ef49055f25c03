import { expectRefusedItem } from './expect-refused.ts';
import { eventText, type OpenService, openService, rewritten, someEvent } from './open-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openService();
}, 90_000);
afterAll(() => service.close(), 30_000);

type Item = [name: string, event: string, code: string, pointer: string];

const hour = 3_600_000;
const timed = (timestamp: unknown) => eventText({ timestamp });
const share = (data: Record<string, unknown>) => eventText({ eventName: 'post_share', data });
const viewed = (fields: Record<string, unknown>) => eventText({ data: { postId: 'p', ...fields } });
const map = (entries: number) => Object.fromEntries(Array.from({ length: entries }, (_, at) => [`k${at}`, 'v']));

const ids: Item[] = [
  ['no eventId', eventText({ eventId: undefined }), 'missing_field', '/eventId'],
  ['no eventName', eventText({ eventName: undefined }), 'missing_field', '/eventName'],
  ['no userId', eventText({ userId: undefined }), 'missing_field', '/userId'],
  ['no timestamp', eventText({ timestamp: undefined }), 'missing_field', '/timestamp'],
  ['no data where some is needed', eventText({ data: undefined }), 'missing_field', '/data/postId'],
  ['no postId', eventText({ data: {} }), 'missing_field', '/data/postId'],
  ['an empty eventId', eventText({ eventId: '' }), 'invalid_id', '/eventId'],
  ['an empty userId', eventText({ userId: '' }), 'invalid_id', '/userId'],
  ['an empty postId', eventText({ data: { postId: '' } }), 'invalid_id', '/data/postId'],
  ['an id of 129 characters', eventText({ eventId: 'x'.repeat(129) }), 'too_long', '/eventId'],
  ['an id of 129 emoji', eventText({ eventId: '👍'.repeat(129) }), 'too_long', '/eventId'],
  ['an id of a million characters', eventText({ eventId: 'x'.repeat(1_000_000) }), 'too_long', '/eventId'],
  ['a post id of 129 characters', eventText({ data: { postId: 'x'.repeat(129) } }), 'too_long', '/data/postId'],
  ['a number for an id', eventText({ userId: 17 }), 'wrong_type', '/userId'],
  ['true for an id', eventText({ eventId: true }), 'wrong_type', '/eventId'],
  ['null for an id', eventText({ userId: null }), 'wrong_type', '/userId'],
  ['an object for an id', eventText({ userId: {} }), 'wrong_type', '/userId'],
  ['a list for an id', eventText({ eventId: ['a'] }), 'wrong_type', '/eventId'],
  ['the placeholder null', eventText({ userId: 'null' }), 'placeholder_identity', '/userId'],
  ['the placeholder NULL', eventText({ userId: 'NULL' }), 'placeholder_identity', '/userId'],
  ['the placeholder undefined', eventText({ userId: 'undefined' }), 'placeholder_identity', '/userId'],
  ['the placeholder anonymous', eventText({ userId: 'anonymous' }), 'placeholder_identity', '/userId'],
  ['the placeholder 0', eventText({ userId: '0' }), 'placeholder_identity', '/userId'],
  ['the placeholder [object Object]', eventText({ userId: '[object Object]' }), 'placeholder_identity', '/userId'],
  ['the nil UUID', eventText({ userId: '00000000-0000-0000-0000-000000000000' }), 'placeholder_identity', '/userId'],
];

const names: Item[] = [
  ['an unknown name', eventText({ eventName: 'post_teleported' }), 'unknown_event_name', '/eventName'],
  ['a name in the wrong case', eventText({ eventName: 'Post_View' }), 'unknown_event_name', '/eventName'],
  ['a name with a space', eventText({ eventName: 'post_view ' }), 'unknown_event_name', '/eventName'],
  ['an empty name', eventText({ eventName: '' }), 'unknown_event_name', '/eventName'],
  ['a name of the prototype', eventText({ eventName: 'toString' }), 'unknown_event_name', '/eventName'],
  ['__proto__ for a name', eventText({ eventName: '__proto__' }), 'unknown_event_name', '/eventName'],
  ['a number for a name', eventText({ eventName: 1 }), 'wrong_type', '/eventName'],
  ['a list for a name', eventText({ eventName: ['post_view'] }), 'wrong_type', '/eventName'],
];

const numbers: Item[] = [
  ['a negative duration', viewed({ viewDurationMs: -1 }), 'out_of_range', '/data/viewDurationMs'],
  ['a fractional duration', viewed({ viewDurationMs: 1.5 }), 'not_whole', '/data/viewDurationMs'],
  ['a text for a number', viewed({ viewDurationMs: '100' }), 'wrong_type', '/data/viewDurationMs'],
  ['null for a number', viewed({ viewDurationMs: null }), 'wrong_type', '/data/viewDurationMs'],
  ['true for a number', viewed({ viewDurationMs: true }), 'wrong_type', '/data/viewDurationMs'],
  ['an overflowing number', viewed({ viewDurationMs: 1e308 }), 'out_of_range', '/data/viewDurationMs'],
  ['a duration of 32 days', viewed({ viewDurationMs: 32 * 24 * hour }), 'out_of_range', '/data/viewDurationMs'],
  ['a feed position past 32 bits', viewed({ feedPosition: 2 ** 32 }), 'out_of_range', '/data/feedPosition'],
  ['a negative feed position', viewed({ feedPosition: -1 }), 'out_of_range', '/data/feedPosition'],
  ['a completion over 1', viewed({ completion: 1.01 }), 'out_of_range', '/data/completion'],
  ['a completion below 0', viewed({ completion: -0.01 }), 'out_of_range', '/data/completion'],
  ['a confidence in words', share({ postId: 'p', confidence: 'high' }), 'wrong_type', '/data/confidence'],
  [
    'both spellings of a duration',
    viewed({ viewDuration: 1, viewDurationMs: 1 }),
    'alias_conflict',
    '/data/viewDuration',
  ],
  ['a text for a flag', eventText({ metadata: { isInternal: 'true' } }), 'wrong_type', '/metadata/isInternal'],
  ['1 for a flag', eventText({ metadata: { isInternal: 1 } }), 'wrong_type', '/metadata/isInternal'],
];

const times: Item[] = [
  ['the year 1850', timed('1850-01-01T00:00:00Z'), 'timestamp_out_of_range', '/timestamp'],
  ['the year 1969', timed('1969-12-31T23:59:59Z'), 'timestamp_out_of_range', '/timestamp'],
  ['the last second of 1999', timed('1999-12-31T23:59:59.999Z'), 'timestamp_out_of_range', '/timestamp'],
  ['the year 2106', timed('2106-02-07T06:28:16Z'), 'timestamp_out_of_range', '/timestamp'],
  ['the year 2200', timed(Date.UTC(2200, 0, 1)), 'timestamp_out_of_range', '/timestamp'],
  ['the year 275760', timed(8_640_000_000_000_000), 'timestamp_out_of_range', '/timestamp'],
  ['an hour ahead', timed(Date.now() + hour), 'timestamp_out_of_range', '/timestamp'],
  [
    'an hour ahead in another zone',
    timed(new Date(Date.now() + 9 * hour).toISOString().replace('Z', '+08:00')),
    'timestamp_out_of_range',
    '/timestamp',
  ],
  ['a negative time', timed(-1), 'timestamp_out_of_range', '/timestamp'],
  ['February 30', timed('2025-02-30T00:00:00Z'), 'invalid_timestamp', '/timestamp'],
  ['February 29 of 2025', timed('2025-02-29T00:00:00Z'), 'invalid_timestamp', '/timestamp'],
  ['month 13', timed('2025-13-01T00:00:00Z'), 'invalid_timestamp', '/timestamp'],
  ['24 o’clock', timed('2025-02-01T24:00:00Z'), 'invalid_timestamp', '/timestamp'],
  ['an offset of 99:99', timed('2025-02-01T00:00:00+99:99'), 'invalid_timestamp', '/timestamp'],
  ['a leap second', timed('2016-12-31T23:59:60Z'), 'invalid_timestamp', '/timestamp'],
  ['a time without offset', timed('2025-02-01T00:00:00'), 'invalid_timestamp', '/timestamp'],
  ['a date', timed('2025-02-01'), 'invalid_timestamp', '/timestamp'],
  ['a time in words', timed('yesterday'), 'invalid_timestamp', '/timestamp'],
  ['a time in Devanagari digits', timed('२०२५-०२-०१T००:००:००Z'), 'invalid_timestamp', '/timestamp'],
  ['a time of a thousand digits', timed(`2025-02-01T00:00:00.${'1'.repeat(1000)}Z`), 'invalid_timestamp', '/timestamp'],
  ['epoch seconds', timed(1_700_000_000), 'timestamp_out_of_range', '/timestamp'],
  ['epoch seconds as text', timed('1700000000'), 'invalid_timestamp', '/timestamp'],
  ['a fractional time', timed(1_700_000_000_000.5), 'invalid_timestamp', '/timestamp'],
  [
    'an infinite time',
    rewritten('1234567890123', '1e999', { timestamp: 1_234_567_890_123 }),
    'timestamp_out_of_range',
    '/timestamp',
  ],
  ['null for a time', timed(null), 'wrong_type', '/timestamp'],
  ['an object for a time', timed({ $date: 0 }), 'wrong_type', '/timestamp'],
  ['a sentAt that is no time', eventText({ sentAt: 'yesterday' }), 'invalid_timestamp', '/sentAt'],
  [
    'a sentAt that moves the event out of all time',
    eventText({ timestamp: '2000-01-02T00:00:00Z', sentAt: new Date(Date.now() + 9 * 24 * hour).toISOString() }),
    'timestamp_out_of_range',
    '/timestamp',
  ],
];

const strangers: Item[] = [
  ['an unknown field', eventText({ colour: 'red' }), 'unknown_field', '/colour'],
  ['an unknown field of data', viewed({ colour: 'red' }), 'unknown_field', '/data/colour'],
  ['an unknown field of metadata', eventText({ metadata: { colour: 'red' } }), 'unknown_field', '/metadata/colour'],
  ['a field of another event', viewed({ method: 'explicit' }), 'unknown_field', '/data/method'],
  ['rootId of the server', eventText({ rootId: 'r' }), 'unknown_field', '/rootId'],
  ['acceptedAt of the server', eventText({ acceptedAt: '2026-01-01T00:00:00Z' }), 'unknown_field', '/acceptedAt'],
  ['acceptSeq of the server', eventText({ acceptSeq: 1 }), 'unknown_field', '/acceptSeq'],
  ['depth of the server', share({ postId: 'p', depth: 3 }), 'unknown_field', '/data/depth'],
  ['state of the server', share({ postId: 'p', state: 'linked' }), 'unknown_field', '/data/state'],
  ['linkSeq of the server', share({ postId: 'p', linkSeq: 1 }), 'unknown_field', '/data/linkSeq'],
  ['data that is a list', eventText({ data: [] }), 'wrong_type', '/data'],
  ['data that is null', eventText({ data: null }), 'wrong_type', '/data'],
  ['data that is a text', eventText({ data: '{"postId":"p"}' }), 'wrong_type', '/data'],
  ['metadata that is null', eventText({ metadata: null }), 'wrong_type', '/metadata'],
  ['33 extra fields', eventText({ metadata: { extra: map(33) } }), 'too_many', '/metadata/extra'],
  ['an extra field that is a number', eventText({ metadata: { extra: { a: 1 } } }), 'wrong_type', '/metadata/extra/a'],
  [
    'an extra field of 501 characters',
    eventText({ metadata: { extra: { a: 'x'.repeat(501) } } }),
    'too_long',
    '/metadata/extra/a',
  ],
  [
    'an extra name with a dot in front',
    eventText({ metadata: { extra: { '.a': 'x' } } }),
    'unknown_field',
    '/metadata/extra/.a',
  ],
  [
    '101 hashtags',
    eventText({ eventName: 'post_created', data: { postId: 'p', hashtags: Array(101).fill('a') } }),
    'too_many',
    '/data/hashtags',
  ],
  [
    'a hashtag that is a number',
    eventText({ eventName: 'post_created', data: { postId: 'p', hashtags: [1] } }),
    'wrong_type',
    '/data/hashtags/0',
  ],
  ['a method nobody knows', share({ postId: 'p', method: 'telepathy' }), 'invalid_value', '/data/method'],
  ['a country in lower case', eventText({ metadata: { countryCode: 'np' } }), 'invalid_value', '/metadata/countryCode'],
  ['a platform in capitals', eventText({ metadata: { platform: 'iOS' } }), 'invalid_value', '/metadata/platform'],
  ['a network with a colon', eventText({ metadata: { network: 'a:b' } }), 'invalid_value', '/metadata/network'],
];

describe.each([
  ['ids', ids],
  ['names', names],
  ['numbers', numbers],
  ['times', times],
  ['fields', strangers],
])('%s that no event has', (_chapter, items) => {
  for (const [name, event, code, pointer] of items) {
    test(`${name}: refused by its place`, () => expectRefusedItem(service, event, { code, pointer }));
  }
});

describe('ids that come again', () => {
  const body = (...events: object[]) => JSON.stringify({ events });

  test('with the same content count once, in one request and in two', async () => {
    const event = someEvent({ eventId: 'again' });
    expect((await service.post(body(event, event))).body).toMatchObject({ accepted: 1, duplicate: 1 });
    const before = await countSettled();
    expect(await service.post(body(event))).toMatchObject({ status: 202, body: { accepted: 0, duplicate: 1 } });
    expect(await service.count()).toEqual(before);
  });

  test('with other content are a conflict, and what was there first stays', async () => {
    const event = someEvent({ eventId: 'other' });
    await service.post(body(event));
    const before = await countSettled();
    for (const changed of [
      { userId: 'user_2' },
      { data: { postId: 'post_2' } },
      { sessionId: 's' },
      { metadata: { city: 'x' } },
    ]) {
      const answer = await service.post(body({ ...event, ...changed }));
      expect(answer).toMatchObject({
        status: 422,
        body: { conflict: 1, results: [{ status: 'conflict', code: 'event_id_conflict', pointer: '/eventId' }] },
      });
    }
    expect(await service.count()).toEqual(before);
  });

  test('under another spelling of the same content are the same', async () => {
    const event = someEvent({
      eventId: 'spelt',
      timestamp: '2026-01-01T12:00:00Z',
      data: { postId: 'p', viewDuration: 5 },
    });
    await service.post(body(event));
    const before = await countSettled();
    const spelt = { ...event, timestamp: '2026-01-01T17:45:00.000+05:45', data: { viewDurationMs: 5, postId: 'p' } };
    expect((await service.post(body(spelt))).body).toMatchObject({ duplicate: 1 });
    expect(await service.count()).toEqual(before);
  });
});

async function countSettled() {
  await service.caughtUp();
  return service.count();
}
