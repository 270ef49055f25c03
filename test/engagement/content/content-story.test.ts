import { z } from 'zod';
import { ContentTrend, ContentValueList } from '../../../src/engagement/content/content-routes.ts';
import { type EngagementStores, now, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

let stores: EngagementStores;
let nextId = 0;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 1, day, hour)).toISOString();

function event(userId: string, eventName: string, day: number, data: PostedEvent['data']): PostedEvent {
  nextId += 1;
  return { eventId: `e${nextId}`, eventName, userId, timestamp: at(day), data };
}

const range = `from=${at(10, 0)}&to=${at(20, 0)}`;

async function list(path: string) {
  const { status, body } = await stores.get(`/v1/content/${path}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return ContentValueList.parse(body);
}

async function trend(path: string) {
  const { status, body } = await stores.get(`/v1/content/${path}`);
  expect([status, body]).toEqual([200, expect.anything()]);
  return ContentTrend.parse(body);
}

test('without any event there is nothing, and nothing is excluded', async () => {
  expect(await list('hashtags')).toEqual({
    items: [],
    next: null,
    shown: 0,
    total: 0,
    from: '2026-01-30T00:00:00.000Z',
    to: now,
    asOf: now,
    exact: true,
    excluded: { events: 0, accounts: 0 },
  });
});

describe('three posts, one of them old', () => {
  beforeAll(() => stores.accept(story()));

  test('are told apart by category, those of none under null', async () => {
    const page = await list(`categories?${range}`);
    expect(page).toMatchObject({ shown: 3, total: 3, next: null, excluded: { events: 4, accounts: 3 } });
    expect(page.items).toEqual([
      {
        value: 'dance',
        postsCreated: 1,
        creators: 1,
        adoptionRate: 1 / 2,
        impressions: 4,
        views: 3,
        uniqueViewers: 2,
        watchSeconds: 15,
        avgWatchSeconds: 5,
        completionRate: 0.75,
        likes: 1,
        comments: 1,
        shares: 1,
        saves: 0,
        engagementRate: 1,
        before: { views: 2, postsCreated: 1 },
        viewsGrowth: 0.5,
      },
      {
        ...none,
        value: 'food',
        impressions: 1,
        views: 1,
        uniqueViewers: 1,
        watchSeconds: 4,
        avgWatchSeconds: 4,
        engagementRate: 0,
        before: { views: 0, postsCreated: 1 },
      },
      { ...none, value: null, postsCreated: 1, creators: 1, adoptionRate: 1 / 2, saves: 1 },
    ]);
  });

  test('count once for each hashtag, and for none where they have none', async () => {
    const { items, total } = await list(`hashtags?${range}`);
    expect(items.map(({ value, views, postsCreated }) => [value, views, postsCreated])).toEqual([
      ['b', 3, 1],
      ['a', 2, 1],
    ]);
    expect(total).toBe(2);
  });

  test.each([
    ['views', ['dance', 'food', null]],
    ['postsCreated', ['dance', null, 'food']],
    ['engagementRate', ['dance', 'food', null]],
    ['completionRate', ['dance', 'food', null]],
  ])('are sorted by %s, page by page', async (sort, expected) => {
    const seen: Array<string | null> = [];
    for (let cursor = ''; ; ) {
      const page = await list(`categories?${range}&sort=${sort}&limit=1${cursor}`);
      seen.push(...page.items.map(({ value }) => value));
      expect(page.total).toBe(3);
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toEqual(expected);
  });

  test('are told by the steps of one value, empty ones too', async () => {
    const { steps, ...head } = await trend(`categories/dance/trend?${range}&stepSeconds=${3 * 86_400}`);
    expect(head).toEqual({
      dimension: 'categories',
      value: 'dance',
      stepSeconds: 259_200,
      tz: 'UTC',
      from: at(10, 0),
      to: at(20, 0),
      asOf: now,
      exact: true,
      excluded: { events: 2, accounts: 2 },
    });
    const empty = { postsCreated: 0, views: 0, completionRate: null, engagementRate: null };
    expect(steps).toEqual([
      { at: at(9, 0), ...empty, postsCreated: 1 },
      { at: at(12, 0), ...empty, views: 3, completionRate: 0.75, engagementRate: 1 },
      { at: at(15, 0), ...empty },
      { at: at(18, 0), ...empty },
    ]);
  });
});

const none = {
  postsCreated: 0,
  creators: 0,
  adoptionRate: 0,
  impressions: 0,
  views: 0,
  uniqueViewers: 0,
  watchSeconds: 0,
  avgWatchSeconds: null,
  completionRate: null,
  likes: 0,
  comments: 0,
  shares: 0,
  saves: 0,
  engagementRate: null,
  before: { views: 0, postsCreated: 0 },
  viewsGrowth: null,
};

function story(): PostedEvent[] {
  const view = (userId: string, day: number, data: PostedEvent['data']) => event(userId, 'post_view', day, data);
  const like = (userId: string, day: number, postId: string, action = 'like') =>
    event(userId, 'post_like', day, { postId, action });
  return [
    event('ann', 'post_created', 2, { postId: 'old', category: 'food', hashtags: ['b'] }),
    event('ann', 'post_updated', 25, { postId: 'old', category: 'dance' }),
    event('ann', 'post_created', 1, { postId: 'older', category: 'food' }),
    event('ben', 'post_created', 11, { postId: 'new', category: 'dance', hashtags: ['a', 'b', 'a'] }),
    event('ben', 'post_created', 12, { postId: 'plain' }),
    event('robot', 'user_registered', 1, { accountType: 'bot' }),
    event('robot', 'post_created', 12, { postId: 'of a robot', category: 'noise' }),
    { ...event('ann', 'post_created', 12, { postId: 'internal', category: 'dance' }), metadata: { isInternal: true } },
    view('cat', 3, { postId: 'old', viewDurationMs: 3000 }),
    view('cat', 4, { postId: 'old', viewDurationMs: 9000 }),
    view('cat', 12, { postId: 'new', viewDurationMs: 3000, completion: 0.5 }),
    view('cat', 12, { postId: 'new', viewDurationMs: 5000 }),
    view('dan', 13, { postId: 'old', viewDurationMs: 7000, completion: 1 }),
    view('eve', 13, { postId: 'old', viewDurationMs: 2999, completion: 1 }),
    view('dan', 13, { postId: 'older', viewDurationMs: 4000 }),
    view('robot', 13, { postId: 'old', viewDurationMs: 4000 }),
    { ...view('eve', 13, { postId: 'older', viewDurationMs: 4000 }), metadata: { isInternal: true } },
    // Of cat's likes the run that stands began on day 12; dan's began before the range, and eve's was taken back.
    like('cat', 3, 'new'),
    like('cat', 11, 'new', 'unlike'),
    like('cat', 12, 'new'),
    like('cat', 13, 'new'),
    like('dan', 5, 'old'),
    like('dan', 12, 'old'),
    like('eve', 12, 'old'),
    like('eve', 14, 'old', 'unlike'),
    event('cat', 'post_save', 12, { postId: 'plain', action: 'save' }),
    event('cat', 'post_comment', 12, { postId: 'new', commentId: 'c' }),
    event('dan', 'post_share', 14, { postId: 'old', shareId: 'shared' }),
    view('cat', 15, { postId: 'shared', viewDurationMs: 5000 }),
  ];
}

describe('refused', () => {
  test.each([
    ['a range that is empty', `categories?from=${at(10)}&to=${at(10)}`, 'empty_range'],
    ['a trend of an empty range', `categories/dance/trend?from=${at(10)}&to=${at(9)}`, 'empty_range'],
    ['an unknown parameter', 'categories?unknown=1', 'unknown_parameter'],
    ['an unknown parameter of a trend', 'categories/dance/trend?limit=1', 'unknown_parameter'],
    ['an unknown dimension', 'colours', 'invalid_parameter'],
    ['an unknown sort', 'categories?sort=value', 'invalid_parameter'],
    ['a zone without a name', 'categories/dance/trend?tz=%2B02:00', 'invalid_parameter'],
    ['a forged cursor', 'categories?cursor=forged', 'invalid_cursor'],
    ['too many steps', `categories/dance/trend?${range}&stepSeconds=60`, 'too_many_steps'],
  ])('%s', async (_name, path, code) => {
    expect(await stores.get(`/v1/content/${path}`)).toMatchObject({ status: 400, body: { code } });
  });

  test('a value that no post has', async () => {
    const answer = await stores.get('/v1/content/categories/unknown/trend');
    expect(answer).toMatchObject({ status: 404, body: { code: 'value_not_found' } });
  });

  test('too many steps, with the least that fits', async () => {
    const { body } = await stores.get(`/v1/content/categories/dance/trend?${range}&stepSeconds=863`);
    const { leastStepSeconds } = z.looseObject({ leastStepSeconds: z.number() }).parse(body);
    expect(leastStepSeconds).toBe(864);
    expect((await trend(`categories/dance/trend?${range}&stepSeconds=864`)).steps).toHaveLength(1000);
  });

  test.each([
    'from=2040-01-01T00:00:00Z&to=2050-01-01T00:00:00Z',
    'from=1970-01-01T00:00:00Z',
    'from=2200-01-01T00:00:00Z&to=2290-01-01T00:00:00Z',
    'from=9000-01-01T00:00:00Z&to=9999-01-01T00:00:00Z',
  ])('nothing where the range is far away: %s', async (far) => {
    await list(`music?${far}`);
    const { steps, ...head } = await trend(
      `categories/dance/trend?${far}&stepSeconds=${3650 * 86_400}&tz=Europe/Lisbon`,
    );
    const starts = steps.map((step) => Date.parse(step.at));
    expect(starts[0]).toBeLessThanOrEqual(Date.parse(head.from));
    expect(
      new Set(starts.slice(1).map((start, index) => Math.round((start - (starts[index] ?? 0)) / 86_400_000))),
    ).toEqual(new Set([3650]));
  });
});
