import fc from 'fast-check';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { type Asked, type Model, openModel, recountAnalytics, recountTiers } from './creator-model.ts';
import { readAnalytics, readTiers } from './read-creators.ts';

let stores: EngagementStores;
let model: Model;

const startMs = Date.parse('2025-09-15T00:00:00Z');
const endMs = Date.parse('2025-12-10T00:00:00Z');
const hourMs = 3_600_000;
const hours = (endMs - startMs) / hourMs;
const creators = ['big', 'mid', 'small', 'tiny', 'quiet', 'newcomer'];
const accounts = [...creators, 'reader 1', 'reader 2', 'reader 3', 'said', 'robot', 'tester'];
const excluded = new Set(['robot', 'tester']);

const account = fc.constantFrom(...accounts);
const creator = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...creators) }, { weight: 1, arbitrary: account });
const postId = fc.integer({ min: 0, max: 39 }).map((n) => `p${n}`);
// Shares of shares too: their ids are posts of the sharer.
const anyPost = fc.oneof(
  { weight: 4, arbitrary: postId },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60 }).map((n) => `s${n}`) },
);

function entry(eventName: string, data: fc.Arbitrary<PostedEvent['data']>, by: fc.Arbitrary<string> = account) {
  return fc.record({ eventName: fc.constant(eventName), userId: by, data });
}

const durationMs = fc.constantFrom(2999, 3000, 3001, 20_000);
const anEvent = fc.oneof(
  { weight: 6, arbitrary: entry('post_created', fc.record({ postId }), creator) },
  {
    weight: 3,
    arbitrary: entry(
      'post_share',
      fc.record({ postId, shareId: fc.integer({ min: 0, max: 60 }).map((n) => `s${n}`) }),
      creator,
    ),
  },
  { weight: 2, arbitrary: entry('post_share', fc.record({ postId })) },
  {
    weight: 20,
    arbitrary: entry(
      'post_view',
      fc.record({ postId: anyPost, viewDurationMs: durationMs }, { requiredKeys: ['postId'] }),
    ),
  },
  {
    weight: 10,
    arbitrary: entry('post_like', fc.record({ postId: anyPost, action: fc.constantFrom('like', 'like', 'unlike') })),
  },
  {
    weight: 5,
    arbitrary: entry('post_save', fc.record({ postId: anyPost, action: fc.constantFrom('save', 'save', 'unsave') })),
  },
  { weight: 3, arbitrary: entry('post_comment', fc.record({ postId: anyPost, commentId: fc.constant('c') })) },
  {
    weight: 12,
    arbitrary: entry(
      'user_follow',
      fc.record({ targetUserId: creator, action: fc.constantFrom('follow', 'unfollow') }),
    ),
  },
  {
    weight: 1,
    arbitrary: entry(
      'user_updated',
      fc.record(
        {
          followerCount: fc.constantFrom(0, 1, 999, 1000, 99_999, 100_000, 999_999, 1_000_000),
          userType: fc.constantFrom('creator', 'consumer', 'both'),
        },
        { requiredKeys: [] },
      ),
    ),
  },
);

// Hours are few enough that many events fall on the same one, and on the edges of days.
const placed = fc.record({
  event: anEvent,
  hour: fc.integer({ min: 0, max: hours }),
  minute: fc.constantFrom(0, 0, 30),
  isInternal: fc.constantFrom(true, ...Array.from({ length: 30 }, () => false)),
});

/** Those who post on so many days of a month that each tier is reached, and said to have followers enough for it. */
const steady: PostedEvent[] = [
  ['big', 2, 1_000_001] as const,
  ['mid', 2, 100_000] as const,
  ['small', 4, 1000] as const,
].flatMap(([userId, everyDays, followerCount]) => [
  {
    eventId: `said of ${userId}`,
    eventName: 'user_registered',
    userId,
    timestamp: new Date(startMs).toISOString(),
    data: { followerCount },
  },
  ...Array.from({ length: Math.floor(50 / everyDays) }, (_, n) => ({
    eventId: `${userId} posts ${n}`,
    eventName: 'post_created',
    userId,
    timestamp: new Date(startMs + (n * everyDays * 24 + 20) * hourMs).toISOString(),
    data: { postId: `${userId} ${n}` },
  })),
]);

const word = (userId: string, data: PostedEvent['data']): PostedEvent => ({
  eventId: `word on ${userId}`,
  eventName: 'user_registered',
  userId,
  timestamp: '2025-12-20T00:00:00Z',
  data,
});

function someEvents(count: number): PostedEvent[] {
  const random = fc.sample(placed, { numRuns: count, seed: 20_260_301 }).map((one, n) => ({
    ...one.event,
    // Ids in another order than that of coming in, so that ties of time are broken by them.
    eventId: `e${String((n * 7919) % 100_003).padStart(6, '0')}`,
    timestamp: new Date(startMs + one.hour * hourMs + one.minute * 60_000).toISOString(),
    ...(one.isInternal ? { metadata: { isInternal: true } } : {}),
  }));
  return [...steady, ...random, word('robot', { accountType: 'bot' }), word('tester', { isTestAccount: true })];
}

const zones = ['UTC', 'America/New_York', 'Europe/Lisbon', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Auckland'];
const ranges: Asked[] = fc
  .sample(
    fc.record({
      from: fc.integer({ min: -100, max: hours }),
      length: fc.oneof(fc.integer({ min: 1, max: 72 }), fc.integer({ min: 24, max: hours })),
      minutes: fc.constantFrom(0, 0, 30, 7),
      tz: fc.constantFrom(...zones),
    }),
    { numRuns: 24, seed: 7 },
  )
  .map(({ from, length, minutes, tz }) => {
    const fromMs = startMs + from * hourMs + minutes * 60_000;
    return { fromMs, toMs: fromMs + length * hourMs, tz };
  });

/** Two creators and one other, taking turns. */
function asksAbout(asked: Asked): string[] {
  const turn = ranges.indexOf(asked);
  return [creators[turn % 3], creators[3 + (turn % 3)], accounts[6 + (turn % 6)]].filter((one) => one !== undefined);
}

const queryOf = ({ fromMs, toMs }: Asked) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
});
const toldOf = (asked: Asked) => `${queryOf(asked).from} to ${queryOf(asked).to} in ${asked.tz}`;

beforeAll(async () => {
  stores = await openEngagementStores();
  const events = someEvents(6000);
  model = openModel(events, excluded);
  await stores.accept(events);
});
afterAll(() => stores.close());

describe('a recount of random events', () => {
  const trended: number[] = [];
  const changed: number[] = [];

  test.each(ranges.map((asked) => [toldOf(asked), asked] as const))('agrees of creators from %s', async (_, asked) => {
    for (const accountId of asksAbout(asked)) {
      const answer = await readAnalytics(stores, accountId, { ...queryOf(asked), tz: asked.tz });
      const { from: _from, to: _to, asOf: _asOf, exact: _exact, tz: _tz, accountId: _id, ...told } = answer;
      expect(told).toEqual(recountAnalytics(model, accountId, asked));
      trended.push(...told.days.map(({ trendingPosts }) => trendingPosts));
      changed.push(told.tierHistory.length - 1);
    }
  });

  test('met what is rare', () => {
    expect(trended.filter((posts) => posts > 0).length).toBeGreaterThan(10);
    expect(changed.filter((changes) => changes > 0).length).toBeGreaterThan(10);
  });

  test.each(ranges.map((asked) => [toldOf(asked), asked] as const))('agrees of tiers from %s', async (_, asked) => {
    const { excluded: left, tiers } = await readTiers(stores, queryOf(asked));
    const expected = recountTiers(model, accounts, asked);
    expect(left).toEqual(expected.excluded);
    const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 7));
    expect(tiers).toEqual(
      expected.tiers.map((one) => ({
        ...one,
        avgDailyViews: near(one.avgDailyViews),
        avgEngagementRate: near(one.avgEngagementRate),
        avgNetFollowerGrowth: near(one.avgNetFollowerGrowth),
      })),
    );
  });
});
