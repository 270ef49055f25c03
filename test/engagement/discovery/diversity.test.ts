import { Diversity } from '../../../src/engagement/discovery/discovery-routes.ts';
import { type EngagementStores, openEngagementStores, type PostedEvent } from '../engagement-stores.ts';

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
});
afterAll(() => stores.close());

const at = (minute: number) => new Date(Date.UTC(2026, 1, 20, 12, minute)).toISOString();

let made = 0;
function event(eventName: string, userId: string, data: PostedEvent['data'], minute = 5): PostedEvent {
  made += 1;
  return { eventId: `event ${made}`, eventName, userId, timestamp: at(minute), data };
}

async function measure(query: string) {
  const { status, body } = await stores.get(`/v1/discovery/diversity?${query}`);
  expect([status, status === 200 ? '' : body]).toEqual([200, '']);
  return Diversity.parse(body);
}

const everywhere = (value: number | null) => ({ p10: value, p25: value, p50: value, p75: value, p90: value });

test('no events give zeros and nulls', async () => {
  expect(await measure('')).toEqual({
    from: '2026-01-30T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
    asOf: '2026-03-01T00:00:00.000Z',
    exact: true,
    excluded: { events: 0, accounts: 0 },
    minImpressions: 10,
    impressions: 0,
    categories: 0,
    authors: 0,
    entropyBits: null,
    herfindahl: null,
    accounts: 0,
    accountsWithTooFew: 0,
    perAccount: {
      entropyBits: everywhere(null),
      concentration: everywhere(null),
      herfindahl: everywhere(null),
      authors: everywhere(null),
    },
  });
});

describe('what three people were shown', () => {
  const seen = (userId: string, postId: string) => event('post_view', userId, { postId });
  const found = (userId: string, postId: string) =>
    event('post_discovered', userId, { postId, source: 'for_you', feedPosition: 0 });

  beforeAll(() =>
    stores.accept([
      event('user_registered', 'rob', { accountType: 'bot' }, 0),
      event('post_created', 'dancer', { postId: 'dance', category: 'news' }, -500),
      event('post_updated', 'dancer', { postId: 'dance', category: 'dance' }, 500),
      event('post_created', 'cook', { postId: 'food', category: 'food' }, -500),
      event('post_created', 'cook', { postId: 'plain' }, -500),
      // Ann: dance twice, food once, none once. Bob: dance only. Cat: one of an unknown post.
      found('ann', 'dance'),
      seen('ann', 'dance'),
      seen('ann', 'food'),
      seen('ann', 'plain'),
      ...[1, 2, 3, 4].map(() => found('bob', 'dance')),
      seen('cat', 'unknown'),
      found('rob', 'food'),
      { ...seen('ann', 'food'), metadata: { isInternal: true } },
      event('post_view', 'bob', { postId: 'food' }, 60),
      event('post_like', 'bob', { postId: 'food', action: 'like' }),
    ]),
  );
  const range = `from=${at(0)}&to=${at(60)}`;

  test('is measured over all and by account', async () => {
    const { entropyBits, herfindahl, ...rest } = await measure(`${range}&minImpressions=4`);
    // Of nine: six of dance, one of food, two of none.
    const bits = (6 / 9) * Math.log2(9 / 6) + (1 / 9) * Math.log2(9) + (2 / 9) * Math.log2(9 / 2);
    expect([entropyBits, herfindahl]).toEqual([expect.closeTo(bits, 12), expect.closeTo(41 / 81, 12)]);
    expect(rest).toEqual({
      from: at(0),
      to: at(60),
      asOf: '2026-03-01T00:00:00.000Z',
      exact: true,
      excluded: { events: 2, accounts: 2 },
      minImpressions: 4,
      impressions: 9,
      categories: 3,
      authors: 2,
      accounts: 2,
      accountsWithTooFew: 1,
      perAccount: {
        entropyBits: { p10: 0, p25: 0, p50: 0, p75: 1.5, p90: 1.5 },
        concentration: { p10: 0.5, p25: 0.5, p50: 0.5, p75: 1, p90: 1 },
        herfindahl: { p10: 0.375, p25: 0.375, p50: 0.375, p75: 1, p90: 1 },
        authors: { p10: 1, p25: 1, p50: 1, p75: 2, p90: 2 },
      },
    });
  });

  test('an account that saw only unknown posts saw one category and no author', async () => {
    const { accounts, accountsWithTooFew, perAccount } = await measure(`${range}&minImpressions=1`);
    expect([accounts, accountsWithTooFew]).toEqual([3, 0]);
    expect(perAccount.authors).toEqual({ p10: 0, p25: 0, p50: 1, p75: 2, p90: 2 });
    expect(perAccount.concentration).toEqual({ p10: 0.5, p25: 0.5, p50: 1, p75: 1, p90: 1 });
  });

  test('where nobody saw enough there are no percentiles, but the whole is measured', async () => {
    const body = await measure(range);
    expect(body).toMatchObject({ impressions: 9, accounts: 0, accountsWithTooFew: 3 });
    expect(body.perAccount.entropyBits).toEqual(everywhere(null));
  });

  test.each([
    [`from=${at(0)}&to=${at(0)}`, 'empty_range'],
    ['unknown=1', 'unknown_parameter'],
    ['minImpressions=0', 'invalid_parameter'],
    ['minImpressions=1001', 'invalid_parameter'],
    ['minImpressions=2.5', 'invalid_parameter'],
  ])('%s is refused', async (query, code) => {
    const { status, body } = await stores.get(`/v1/discovery/diversity?${query}`);
    expect([status, body]).toMatchObject([400, { code }]);
  });
});
