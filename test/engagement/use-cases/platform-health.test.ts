import { ContentTrend, ContentValueList } from '../../../src/engagement/content/content-routes.ts';
import { Diversity } from '../../../src/engagement/discovery/discovery-routes.ts';
import { ModerationList } from '../../../src/engagement/safety/safety-routes.ts';
import { type EngagementStores, openEngagementStores } from '../engagement-stores.ts';
import { dayMs } from './act.ts';
import { ask, askRecipe, linkPosts } from './ask.ts';
import {
  adoptionMs,
  flaggedDayMs,
  plantAdoption,
  plantCases,
  plantEchoChambers,
  plantReturning,
  shownDayMs,
} from './plant-health.ts';

const daysFrom = (ms: number, days: number) =>
  `from=${new Date(ms).toISOString()}&to=${new Date(ms + days * dayMs).toISOString()}`;

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
  const chambers = plantEchoChambers();
  await stores.accept([
    ...chambers,
    ...plantReturning([
      { viewers: ['ann', 'ben', 'cat', 'dan'], viewsEach: 3, comments: 4 },
      { viewers: ['ann', 'ben', 'cat', 'eve'], viewsEach: 2, comments: 2 },
      { viewers: ['ann', 'eve'], viewsEach: 1, comments: 0 },
    ]),
    ...plantAdoption(),
    ...plantCases(),
  ]);
  await linkPosts(stores, chambers);
});
afterAll(() => stores.close());

describe('Platform Health Monitoring', () => {
  test('Content diversity and echo chamber detection', async () => {
    const measured = await ask(stores, `/v1/discovery/diversity?${daysFrom(shownDayMs, 1)}`, Diversity);
    expect(measured).toMatchObject({ impressions: 40, categories: 5, authors: 5, accounts: 4, accountsWithTooFew: 0 });
    // Half of the people see one category only, half see five evenly, which is log2(5) bits.
    const { entropyBits, concentration } = measured.perAccount;
    expect([entropyBits.p10, entropyBits.p50]).toEqual([0, 0]);
    expect(entropyBits.p90).toBeCloseTo(Math.log2(5), 9);
    expect([concentration.p10, concentration.p90]).toEqual([0.2, 1]);
    const people = await askRecipe(stores, 'Diversity of what people are shown');
    const inChambers = people.filter(({ largest_share }) => largest_share === 1);
    expect(inChambers.map(({ account_id }) => account_id)).toEqual(['echo 1', 'echo 2']);
  });

  test('User retention and engagement trends', async () => {
    // Three of four come back, then two of four; those who do watch and say less every week.
    const weeks = await askRecipe(stores, 'Viewers by week, and who comes back');
    expect(weeks).toEqual([
      { week: '2026-02-02', viewers: 4, came_back: 3, retention: 0.75, views_a_viewer: 3, ...said(1) },
      { week: '2026-02-09', viewers: 4, came_back: 2, retention: 0.5, views_a_viewer: 2, ...said(0.5) },
      { week: '2026-02-16', viewers: 2, came_back: 0, retention: 0, views_a_viewer: 1, ...said(0) },
    ]);
  });

  test('Feature adoption rates (effects, music, hashtags)', async () => {
    const rates = async (dimension: string, value: string) => {
      const weeks = [0, 1, 2].map(async (week) => {
        const range = daysFrom(adoptionMs + week * 7 * dayMs, 7);
        const { items } = await ask(stores, `/v1/content/${dimension}?${range}`, ContentValueList);
        return items.find((item) => item.value === value)?.adoptionRate;
      });
      return Promise.all(weeks);
    };
    expect(await rates('effects', 'glow')).toEqual([0.25, 0.5, 0.75]);
    expect(await rates('music', 'song')).toEqual([0.75, 0.5, 0.25]);
    expect(await rates('hashtags', 'us')).toEqual([0.5, 0.5, 0.5]);
    const range = `${daysFrom(adoptionMs, 21)}&stepSeconds=604800`;
    const { steps } = await ask(stores, `/v1/content/effects/glow/trend?${range}`, ContentTrend);
    expect(steps.map(({ postsCreated }) => postsCreated)).toEqual([1, 2, 3]);
  });

  test('Moderation and safety metrics', async () => {
    const { items, totals, days, excluded } = await ask(
      stores,
      `/v1/safety/moderation?${daysFrom(flaggedDayMs, 1)}&by=reason`,
      ModerationList,
    );
    expect(items).toMatchObject([
      { value: 'spam', flags: 4, actions: 3, posts: 3, reporters: 2, cases: 3, open: 0, ...took(1200, 1200) },
      { value: 'hate', flags: 2, actions: 1, posts: 2, reporters: 1, cases: 2, open: 1, ...took(3600, 3600) },
    ]);
    // 600, 1200, 1800 and 3600 seconds.
    expect(totals).toMatchObject({ flags: 6, actions: 4, cases: 5, open: 1, ...took(1800, 1500) });
    expect(days).toEqual([{ day: '2026-02-26', flags: 6, actions: 4, reporters: 2 }]);
    expect(excluded).toEqual({ events: 1, accounts: 1 });
  });
});

function said(comments: number) {
  return { comments_and_shares_a_viewer: comments };
}

function took(mean: number, median: number) {
  return { meanTimeToActionSeconds: mean, medianTimeToActionSeconds: median };
}
