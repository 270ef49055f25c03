import { DiscoveryPositionList, DiscoverySourceList } from '../../../src/engagement/discovery/discovery-routes.ts';
import { type EngagementStores, openEngagementStores } from '../engagement-stores.ts';
import { hourMs } from './act.ts';
import { ask, askRecipe } from './ask.ts';
import { noonOf, plantClickingBot, plantExperiment, plantFeed, type Shown } from './plant-feeds.ts';

const hourFrom = (ms: number) => `from=${new Date(ms).toISOString()}&to=${new Date(ms + hourMs).toISOString()}`;
const shown = (source: string, feedPosition: number, clicks: number): Shown => ({
  source,
  feedPosition,
  impressions: 10,
  clicks,
  seconds: 2 + 2 * feedPosition,
});
const forYou = { source: 'for_you', feedPosition: 1, impressions: 20, clicks: 10, seconds: 2 };
const following = { source: 'following', feedPosition: 1, impressions: 10, clicks: 2, seconds: 6 };

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
  await stores.accept([
    ...plantFeed('ann', noonOf.sources, [forYou, following]),
    ...plantClickingBot(noonOf.sources),
    ...plantFeed(
      'ann',
      noonOf.positions,
      [8, 6, 4, 2, 1].map((clicks, position) => shown('for_you', position, clicks)),
    ),
    ...plantFeed('sam', noonOf.people, [shown('for_you', 0, 6), shown('following', 0, 3)]),
    ...plantFeed('tess', noonOf.people, [shown('for_you', 0, 1), shown('following', 0, 5)]),
    ...plantExperiment(),
  ]);
});
afterAll(() => stores.close());

describe('Algorithm Optimization', () => {
  test('Discovery source effectiveness (For You vs Following)', async () => {
    const { items, excluded } = await ask(
      stores,
      `/v1/discovery/sources?${hourFrom(noonOf.sources)}`,
      DiscoverySourceList,
    );
    const of = { people: 1, posts: 1 };
    expect(items).toMatchObject([
      { ...of, source: 'for_you', clickThroughRate: 0.5, meanTimeToEngagementSeconds: 2, views: 10, comments: 5 },
      { ...of, source: 'following', clickThroughRate: 0.2, meanTimeToEngagementSeconds: 6, views: 2, comments: 1 },
    ]);
    // The bot's 50 impressions, 50 views and 25 comments.
    expect(excluded).toEqual({ events: 125, accounts: 1 });
  });

  test('Feed position impact on engagement', async () => {
    const { items } = await ask(stores, `/v1/discovery/positions?${hourFrom(noonOf.positions)}`, DiscoveryPositionList);
    const impact = items.map((item) => [
      item.feedPosition,
      item.clickThroughRate,
      item.meanTimeToEngagementSeconds,
      item.views,
      item.comments,
    ]);
    // The further down, the fewer click, the longer they take and the less they say.
    expect(impact).toEqual([
      [0, 0.8, 2, 8, 4],
      [1, 0.6, 4, 6, 3],
      [2, 0.4, 6, 4, 2],
      [3, 0.2, 8, 2, 1],
      [4, 0.1, 10, 1, 1],
    ]);
  });

  test('Personalization algorithm performance', async () => {
    const rows = await askRecipe(stores, 'Click-through by account and source');
    const of = (account: string) => rows.filter(({ account_id }) => account_id === account);
    // Sam opens 9 of 20 whatever the source, and 6 of 10 that were chosen for him: 4/3 of that. For Tess it is a third.
    expect(of('sam')).toEqual([
      row('sam', 'following', { clicks: 3, lift: 2 / 3 }),
      row('sam', 'for_you', { clicks: 6, lift: 4 / 3 }),
    ]);
    expect(of('tess')).toEqual([
      row('tess', 'following', { clicks: 5, lift: 5 / 3 }),
      row('tess', 'for_you', { clicks: 1, lift: 1 / 3 }),
    ]);
    expect(of('robot')).toEqual([]);
  });

  test('A/B testing framework for recommendations', async () => {
    expect(await askRecipe(stores, 'Variants of an experiment', { experiment: 'ranker' })).toEqual([
      { variant: 'new', people: 4, views: 12, shares: 1, views_a_person: 3 },
      { variant: 'old', people: 4, views: 4, shares: 0, views_a_person: 1 },
    ]);
  });
});

function row(account: string, source: string, { clicks, lift }: { clicks: number; lift: number }) {
  const rates = { click_through_rate: clicks / 10, lift: expect.closeTo(lift, 9) };
  return { account_id: account, source, impressions: 10, clicks, ...rates };
}
