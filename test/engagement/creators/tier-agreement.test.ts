import fc from 'fast-check';
import { type Tier, tierOf } from '../../../src/engagement/creators/tier-of.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';
import { readAnalytics, readTiers } from './read-creators.ts';

let stores: EngagementStores;

const to = '2026-02-01T00:00:00.000Z';
const dayMs = 86_400_000;
const floors = [1000, 100_000, 1_000_000];
const aroundFloor = fc.constantFrom(...floors.flatMap((floor) => [floor - 1, floor, floor + 1]));
const standings = [
  ...fc.sample(
    fc.record({
      followers: fc.oneof(aroundFloor, fc.integer({ min: 0, max: 2_000_000 })),
      days: fc.integer({ min: 0, max: 30 }),
    }),
    { numRuns: 200, seed: 11 },
  ),
  // The floors themselves and one day below each.
  ...floors.flatMap((followers) => [5, 6, 11, 12, 14, 15].map((days) => ({ followers, days }))),
];

function eventsOf({ followers, days }: { followers: number; days: number }, n: number): PostedEvent[] {
  const userId = `account ${n}`;
  const said = { eventId: `said ${n}`, eventName: 'user_registered', userId, timestamp: '2025-06-01T00:00:00Z' };
  return [
    { ...said, data: { followerCount: followers, userType: 'creator' } },
    ...Array.from({ length: days }, (_, day) => ({
      eventId: `post ${n} ${day}`,
      eventName: 'post_created',
      userId,
      timestamp: new Date(Date.parse(to) - (day + 0.5) * dayMs).toISOString(),
      data: { postId: `post ${n} ${day}` },
    })),
  ];
}

beforeAll(async () => {
  stores = await openEngagementStores();
  await stores.accept(standings.flatMap(eventsOf));
});
afterAll(() => stores.close());

test('the tier of one creator and of all are decided alike', async () => {
  const expected = new Map<Tier, number>();
  for (const { followers, days } of standings) {
    const tier = tierOf({ followers, consistency: days / 30 });
    expected.set(tier, (expected.get(tier) ?? 0) + 1);
  }
  const { tiers } = await readTiers(stores, { to });
  expect(expected.size).toBe(4);
  expect(tiers.map(({ tier, creators }) => [tier, creators])).toEqual(
    tiers.map(({ tier }) => [tier, expected.get(tier)]),
  );
});

test('the answer about one creator is decided by the same numbers', async () => {
  for (const [n, { followers, days }] of standings.slice(-6).entries()) {
    const answer = await readAnalytics(stores, `account ${standings.length - 6 + n}`, { to });
    const consistency = days / 30;
    expect(answer).toMatchObject({ followers, consistency, tier: tierOf({ followers, consistency }) });
  }
});

test.each([
  [{ followers: 999, consistency: 1 }, 'casual'],
  [{ followers: 1000, consistency: 0.2 }, 'rising'],
  [{ followers: 1000, consistency: 5 / 30 }, 'casual'],
  [{ followers: 100_000, consistency: 12 / 30 }, 'established'],
  [{ followers: 99_999, consistency: 1 }, 'rising'],
  [{ followers: 1_000_000, consistency: 0.5 }, 'top'],
  [{ followers: 1_000_000, consistency: 14 / 30 }, 'established'],
  [{ followers: 1_000_000, consistency: 0.2 }, 'rising'],
  [{ followers: 0, consistency: 0 }, 'casual'],
])('%j is %s', (standing, tier) => {
  expect(tierOf(standing)).toBe(tier);
});
