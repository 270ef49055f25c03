import { checkEvent } from '../../../src/event/check-event.ts';
import { nowMs, problemsOf, share, withData, withField } from '../share-event.ts';

describe('refused as a whole', () => {
  test.each([null, 'text', 1, true, [], [share]])('%j is no object', (value) => {
    expect(problemsOf(value)).toEqual(['not_an_object ']);
  });

  test.each(['nope', 'POST_SHARE', 'post_share ', '', 'constructor', '__proto__', 'toString'])(
    'name %j',
    (eventName) => {
      expect(problemsOf(withField({ eventName }))).toEqual(['unknown_event_name /eventName']);
    },
  );

  test('a near name is suggested', () => {
    expect(checkEvent(withField({ eventName: 'Post_Share' }), { nowMs })).toMatchObject({
      problems: [{ detail: expect.stringContaining('post_share') }],
    });
  });

  test.each([
    [undefined, 'missing_field'],
    [null, 'wrong_type'],
    [7, 'wrong_type'],
  ])('name %j', (eventName, code) => {
    expect(problemsOf(withField({ eventName }))).toEqual([`${code} /eventName`]);
  });
});

describe('refused fields', () => {
  test.each(['eventId', 'userId', 'timestamp'])('missing %s', (field) => {
    expect(problemsOf(JSON.parse(JSON.stringify(withField({ [field]: undefined }))))).toEqual([
      `missing_field /${field}`,
    ]);
  });

  test('missing data and missing fields of it', () => {
    expect(problemsOf(withField({ data: {} }))).toEqual(['missing_field /data/postId']);
    expect(problemsOf(JSON.parse(JSON.stringify(withField({ data: undefined }))))).toEqual([
      'missing_field /data/postId',
    ]);
    expect(problemsOf(withField({ data: null }))).toEqual(['wrong_type /data']);
    expect(problemsOf(withField({ data: [] }))).toEqual(['wrong_type /data']);
  });

  test.each(['rootId', 'depth', 'state', 'acceptSeq', 'acceptedAt', 'linkSeq', 'constructor', 'prototype'])(
    '%s is not the sender’s to set',
    (field) => {
      expect(problemsOf(withField({ [field]: 'x' }))).toEqual([`unknown_field /${field}`]);
      expect(problemsOf(withData({ [field]: 'x' }))).toEqual([`unknown_field /data/${field}`]);
      expect(problemsOf(withField({ metadata: { [field]: 'x' } }))).toEqual([`unknown_field /metadata/${field}`]);
    },
  );

  test.each(['', '/data', '/metadata', '/metadata/extra'])('__proto__ in %j', (pointer) => {
    const text = JSON.stringify(withField({ data: { postId: 'p' } }));
    const hostile: Record<string, string> = {
      '': text.replace('{', '{"__proto__":{"a":1},'),
      '/data': text.replace('"data":{', '"data":{"__proto__":{"a":1},'),
      '/metadata': text.replace('"metadata":{', '"metadata":{"__proto__":{"a":1},'),
      '/metadata/extra': text.replace('"extra":{', '"extra":{"__proto__":"a",'),
    };
    expect(problemsOf(JSON.parse(hostile[pointer] ?? ''))).toEqual([`unknown_field ${pointer}/__proto__`]);
  });

  test('pointers escape what RFC 6901 says', () => {
    expect(problemsOf(withData({ 'a/b~c': 1 }))).toEqual(['unknown_field /data/a~1b~0c']);
  });

  test('a hundred thousand unknown fields are answered briefly', () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1]));
    const startedMs = performance.now();
    expect(problemsOf(withData(many)).length).toBeLessThanOrEqual(16);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  test.each([
    ['', 'invalid_id'],
    ['x'.repeat(129), 'too_long'],
    ['a\u0000', 'invalid_id'],
    ['a\nb', 'invalid_id'],
    ['a\u0085', 'invalid_id'],
    ['a\u202eb', 'invalid_id'],
    ['a\u2066b', 'invalid_id'],
    ['a\ud800', 'invalid_id'],
    [7, 'wrong_type'],
    [null, 'wrong_type'],
  ])('id %j', (id, code) => {
    expect(problemsOf(withField({ eventId: id }))).toEqual([`${code} /eventId`]);
    expect(problemsOf(withData({ postId: id }))).toEqual([`${code} /data/postId`]);
  });

  test.each([
    'null',
    'undefined',
    'anonymous',
    'Anonymous',
    '0',
    '[object Object]',
    '00000000-0000-0000-0000-000000000000',
  ])('a person named %j', (person) => {
    const follow = { ...share, eventName: 'user_follow', data: { targetUserId: person, action: 'follow' } };
    expect(problemsOf(withField({ userId: person }))).toEqual(['placeholder_identity /userId']);
    expect(problemsOf(follow)).toEqual(['placeholder_identity /data/targetUserId']);
    expect(problemsOf(withData({ postId: person, shareId: 's' }))).toEqual([]);
  });

  test.each([
    [-1, 'out_of_range'],
    [1.5, 'not_whole'],
    ['3', 'wrong_type'],
    [2 ** 53, 'out_of_range'],
    [Number.POSITIVE_INFINITY, 'out_of_range'],
    [null, 'wrong_type'],
    [true, 'wrong_type'],
  ])('a position of %j', (feedPosition, code) => {
    expect(problemsOf(withData({ feedPosition }))).toEqual([`${code} /data/feedPosition`]);
  });

  test('values outside a closed set, lists and maps too long', () => {
    const extra = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`k${index}`, 'v']));
    const post = { ...share, eventName: 'post_created', data: { postId: 'p', hashtags: Array(101).fill('x') } };
    const links = { ...share, eventName: 'identity_linked', data: { accounts: [] } };
    expect(problemsOf(withData({ method: 'psychic' }))).toEqual(['invalid_value /data/method']);
    expect(problemsOf(withData({ confidence: 1.01 }))).toEqual(['out_of_range /data/confidence']);
    expect(problemsOf(withField({ metadata: { extra } }))).toEqual(['too_many /metadata/extra']);
    expect(problemsOf(withField({ metadata: { extra: { a: { b: 'c' } } } }))).toEqual(['wrong_type /metadata/extra/a']);
    expect(problemsOf(withField({ metadata: { city: 'a\ud800' } }))).toEqual(['ill_formed_text /metadata/city']);
    expect(problemsOf(withField({ metadata: { platform: 'iOS' } }))).toEqual(['invalid_value /metadata/platform']);
    expect(problemsOf(post)).toEqual(['too_many /data/hashtags']);
    expect(problemsOf(links)).toEqual(['too_few /data/accounts']);
  });

  test('many problems are all named', () => {
    const event = { ...withData({ postId: '', depth: 1 }), userId: 'null', timestamp: 'today' };
    expect(problemsOf(event).sort()).toEqual([
      'invalid_id /data/postId',
      'invalid_timestamp /timestamp',
      'placeholder_identity /userId',
      'unknown_field /data/depth',
    ]);
  });
});
