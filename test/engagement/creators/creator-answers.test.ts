import { type EngagementStores, now, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { readAnalytics, readTiers } from './read-creators.ts';

let stores: EngagementStores;
let made = 0;

function event(userId: string, at: string, [eventName, data]: [string, PostedEvent['data']]): PostedEvent {
  made += 1;
  return { eventId: `e${String(made).padStart(4, '0')}`, eventName, userId, timestamp: at, data };
}

const post = (userId: string, at: string, postId: string) => event(userId, at, ['post_created', { postId }]);
const share = (userId: string, at: string, [postId, shareId]: [string, string]) =>
  event(userId, at, ['post_share', { postId, shareId }]);
const view = (userId: string, at: string, postId: string, viewDurationMs?: number) =>
  event(userId, at, ['post_view', viewDurationMs === undefined ? { postId } : { postId, viewDurationMs }]);
const like = (userId: string, at: string, postId: string, action = 'like') =>
  event(userId, at, ['post_like', { postId, action }]);
const save = (userId: string, at: string, postId: string, action = 'save') =>
  event(userId, at, ['post_save', { postId, action }]);
const comment = (userId: string, at: string, postId: string) =>
  event(userId, at, ['post_comment', { postId, commentId: `c${made}` }]);
const follow = (userId: string, at: string, targetUserId: string, action = 'follow') =>
  event(userId, at, ['user_follow', { targetUserId, action }]);
const person = (userId: string, at: string, data: PostedEvent['data']) => event(userId, at, ['user_updated', data]);

const times = (count: number, make: (n: number) => PostedEvent) => Array.from({ length: count }, (_, n) => make(n));
const rangeOfStory = { from: '2026-02-01T00:00:00Z', to: '2026-02-04T00:00:00Z' };

const story = () => [
  post('ann', '2026-01-30T10:00:00Z', 'a1'),
  post('ann', '2026-02-01T10:00:00Z', 'a2'),
  post('bob', '2026-02-01T09:00:00Z', 'b1'),
  share('ann', '2026-02-02T09:00:00Z', ['b1', 'a3']),
  // Someone says that Ann's first post is hers; it is not.
  post('bob', '2026-02-02T10:00:00Z', 'a1'),
  // The past of trending: two views of one post on one day make a mean of 2.
  view('v1', '2026-01-30T11:00:00Z', 'a1', 3000),
  view('v2', '2026-01-30T12:00:00Z', 'a1', 9000),
  // The first of February: 2 views, an impression, a like that stands, one that does not, a save, a comment.
  view('v1', '2026-02-01T11:00:00Z', 'a2', 3000),
  view('v2', '2026-02-01T11:00:00Z', 'a2', 5000),
  view('v3', '2026-02-01T11:00:00Z', 'a2', 2999),
  view('v4', '2026-02-01T11:00:00Z', 'a2'),
  like('v1', '2026-02-01T12:00:00Z', 'a2'),
  like('v1', '2026-02-02T12:00:00Z', 'a2'),
  like('v2', '2026-02-01T12:00:00Z', 'a2'),
  like('v2', '2026-02-03T12:00:00Z', 'a2', 'unlike'),
  save('v1', '2026-02-01T13:00:00Z', 'a2'),
  comment('v1', '2026-02-01T14:00:00Z', 'a1'),
  view('robot', '2026-02-01T11:00:00Z', 'a2', 9000),
  like('robot', '2026-02-01T11:00:00Z', 'a2'),
  person('robot', '2026-01-01T00:00:00Z', { accountType: 'bot' }),
  // The second: a share of Ann's share; a like of before that began again.
  share('bob', '2026-02-02T11:00:00Z', ['a3', 'b2']),
  like('v3', '2026-01-31T12:00:00Z', 'a1'),
  like('v3', '2026-02-01T12:00:00Z', 'a1', 'unlike'),
  like('v3', '2026-02-02T12:00:00Z', 'a1'),
  // Followers: 999 said, then one more on the second and one less on the third.
  follow('v9', '2026-01-10T00:00:00Z', 'ann'),
  person('ann', '2026-01-20T00:00:00Z', { followerCount: 999 }),
  ...times(4, (n) => post('ann', `2026-01-2${n}T10:00:00Z`, `old ${n}`)),
  follow('v1', '2026-02-02T00:00:00Z', 'ann'),
  follow('v1', '2026-02-02T01:00:00Z', 'ann'),
  follow('v9', '2026-02-03T01:00:00Z', 'ann', 'unfollow'),
  follow('v8', '2026-02-03T01:00:00Z', 'ann', 'unfollow'),
  follow('robot', '2026-02-03T01:00:00Z', 'ann'),
  person('eve', '2026-01-20T00:00:00Z', { userType: 'both' }),
  person('eve', '2026-01-25T00:00:00Z', { followerCount: 3 }),
  person('pat', '2026-01-20T00:00:00Z', { userType: 'consumer' }),
  person('pat', '2026-01-10T00:00:00Z', { userType: 'creator' }),
];

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

describe('before anything is known', () => {
  test('there is no account', async () => {
    expect(await stores.get('/v1/creators/ann/analytics')).toMatchObject({
      status: 404,
      body: { code: 'account_not_found' },
    });
  });

  test('all four tiers are empty', async () => {
    const { excluded, tiers } = await readTiers(stores, {});
    expect(excluded).toEqual({ events: 0, accounts: 0 });
    expect(tiers).toEqual(
      ['top', 'established', 'rising', 'casual'].map((tier) => ({
        tier,
        creators: 0,
        avgDailyViews: null,
        avgEngagementRate: null,
        avgNetFollowerGrowth: null,
      })),
    );
  });
});

describe('a story of one creator', () => {
  beforeAll(() => stores.accept(story()));

  test('is told day by day', async () => {
    const { days, ...rest } = await readAnalytics(stores, 'ann', rangeOfStory);
    expect(rest).toEqual({
      from: '2026-02-01T00:00:00.000Z',
      to: '2026-02-04T00:00:00.000Z',
      asOf: now,
      exact: true,
      excluded: { events: 3, accounts: 1 },
      accountId: 'ann',
      tz: 'UTC',
      tier: 'casual',
      followers: 999,
      consistency: 7 / 30,
      tierHistory: [
        { at: '2026-02-01T00:00:00.000Z', day: '2026-02-01', tier: 'casual' },
        // Who follows at the very moment of a day's end is counted at it.
        { at: '2026-02-02T00:00:00.000Z', day: '2026-02-01', tier: 'rising' },
        { at: '2026-02-04T00:00:00.000Z', day: '2026-02-03', tier: 'casual' },
      ],
    });
    expect(days).toEqual([
      {
        day: '2026-02-01',
        contentPosted: 1,
        views: 2,
        engagements: 3,
        newFollowers: 0,
        followerChurn: 0,
        engagementRate: 1,
        // A like, a save and two views weigh 13, above 5 times 2; the comment's 5 is not.
        trendingPosts: 1,
        trendingPostIds: ['a2'],
      },
      {
        day: '2026-02-02',
        contentPosted: 0,
        views: 0,
        engagements: 2,
        newFollowers: 1,
        followerChurn: 0,
        engagementRate: null,
        trendingPosts: 0,
        trendingPostIds: [],
      },
      {
        day: '2026-02-03',
        contentPosted: 0,
        views: 0,
        engagements: 0,
        newFollowers: 0,
        followerChurn: 1,
        engagementRate: null,
        trendingPosts: 0,
        trendingPostIds: [],
      },
    ]);
  });

  test('a like that was taken back later stands in a range that ends before', async () => {
    const { days } = await readAnalytics(stores, 'ann', { ...rangeOfStory, to: '2026-02-03T12:00:00Z' });
    expect(days.map(({ engagements }) => engagements)).toEqual([4, 2, 0]);
  });

  test('the tiers are means over their creators', async () => {
    const { tiers, excluded } = await readTiers(stores, rangeOfStory);
    expect(excluded).toEqual({ events: 3, accounts: 1 });
    // Ann, Bob and Eve, of whom the latest word says no type; Pat was a creator once. Bob's post was shared once and nobody viewed it. Ann has 2 views, 2 likes, a comment and a share.
    expect(tiers.at(-1)).toEqual({
      tier: 'casual',
      creators: 3,
      avgDailyViews: 2 / 9,
      avgEngagementRate: 2,
      avgNetFollowerGrowth: 0,
    });
    expect(tiers.map(({ creators }) => creators)).toEqual([0, 0, 0, 3]);
  });

  test('someone who is only spoken of is known', async () => {
    await stores.accept([follow('v1', '2026-02-02T00:00:00Z', 'nobody else')]);
    const { followers, tier } = await readAnalytics(stores, 'nobody else', rangeOfStory);
    expect([followers, tier]).toEqual([1, 'casual']);
  });

  test('of many posts that trend 20 are named, and all are counted', async () => {
    await stores.accept([
      post('many', '2026-02-01T00:00:00Z', 'm'),
      view('v1', '2026-02-01T01:00:00Z', 'm', 3000),
      ...times(25, (n) => post('many', '2026-02-01T00:00:00Z', `m${n}`)),
      ...times(25, (n) => share('v1', '2026-02-02T00:00:00Z', [`m${n}`, `s${n}`])),
    ]);
    const { days } = await readAnalytics(stores, 'many', rangeOfStory);
    const ids = Array.from({ length: 25 }, (_, n) => `m${n}`).sort();
    expect(days.map((day) => day.trendingPosts)).toEqual([0, 25, 0]);
    expect(days[1]?.trendingPostIds).toEqual(ids.slice(0, 20));
  });
});

describe('what cannot be asked', () => {
  test.each([
    ['ann/analytics?from=2026-02-02T00:00:00Z&to=2026-02-02T00:00:00Z', 'empty_range'],
    ['tiers?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z', 'empty_range'],
    ['ann/analytics?from=2025-01-01T00:00:00Z&to=2026-02-05T00:00:00.001Z', 'too_many_days'],
    ['ann/analytics?from=1970-01-01T00:00:00Z', 'too_many_days'],
  ])('%s is %s', async (path, code) => {
    expect(await stores.get(`/v1/creators/${path}`)).toMatchObject({ status: 400, body: { code } });
  });

  test.each(['ann/analytics?day=1', 'ann/analytics?tz=Moon', 'ann/analytics?tz=%2B02:00', 'tiers?tz=UTC'])(
    '%s is refused',
    async (path) => {
      expect(await stores.get(`/v1/creators/${path}`)).toMatchObject({ status: 400 });
    },
  );

  test.each([
    'ann/analytics?from=2025-01-01T00:00:00Z&to=2026-02-05T00:00:00Z',
    'ann/analytics?from=1970-01-01T00:00:00Z&to=1970-01-02T00:00:00Z&tz=America/New_York',
    'ann/analytics?from=9999-12-01T00:00:00Z&to=9999-12-31T23:59:59Z',
    'tiers?from=1970-01-01T00:00:00Z&to=9999-12-31T23:59:59Z',
  ])('%s is answered', async (path) => {
    expect(await stores.get(`/v1/creators/${path}`)).toMatchObject({ status: 200 });
  });
});
