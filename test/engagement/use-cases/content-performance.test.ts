import { z } from 'zod';
import { answerHead } from '../../../src/engagement/asked/asked-range.ts';
import { ContentTrend, ContentValueList } from '../../../src/engagement/content/content-routes.ts';
import { PostEngagement, PostLifeCycle } from '../../../src/engagement/posts/post-answers.ts';
import { TrendingPost } from '../../../src/engagement/trending/trending-answers.ts';
import { type EngagementStores, openEngagementStores } from '../engagement-stores.ts';
import { dayMs, hourMs } from './act.ts';
import { ask, askRecipe, linkPosts } from './ask.ts';
import {
  arcStartMs,
  firstWeekMs,
  hashtagDayMs,
  plantArc,
  plantCompletion,
  plantFeatures,
  plantViral,
  trendingUntilMs,
} from './plant-content.ts';

const Trending = z.object({ ...answerHead, items: z.array(TrendingPost) });
const iso = (ms: number) => new Date(ms).toISOString();
const means = { dance: [0.4, 0.6, 0.8], comedy: [0.9, 0.7, 0.5] };

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
  const viral = plantViral();
  await stores.accept([
    ...viral,
    ...plantCompletion(means),
    ...plantFeatures(),
    ...plantArc([1, 3, 9, 20, 14, 8, 3, 1, 1]),
  ]);
  await linkPosts(stores, viral);
});
afterAll(() => stores.close());

describe('Content Performance Analysis', () => {
  test('Viral content identification and pattern analysis', async () => {
    const { items, excluded } = await ask(
      stores,
      `/v1/trending?window=48h&category=magic&to=${iso(trendingUntilMs)}`,
      Trending,
    );
    // 40 views and 12 shares weigh 160, 16 times the usual 10; the bot's 200 views of "bought" weigh nothing.
    expect(items.map(({ postId, status, ratioToBaseline }) => [postId, status, ratioToBaseline])).toEqual([
      ['hit', 'viral', 16],
      ['wave', 'trending', 6],
      ['bought', 'normal', 0.3],
    ]);
    expect(excluded).toEqual({ events: 200, accounts: 1 });
    // What sets the viral one apart: it is passed on, further than from its own viewers, and most meet it by shares.
    const engagement = (postId: string, scope: string) =>
      ask(stores, `/v1/posts/${postId}/engagement?scope=${scope}&to=${iso(trendingUntilMs)}`, PostEngagement);
    expect(await engagement('hit', 'post')).toMatchObject({ views: 40, shares: 12, viralCoefficient: 0.3 });
    expect(await engagement('hit', 'cascade')).toMatchObject({ views: 100, shares: 30 });
    expect(await engagement('wave', 'cascade')).toMatchObject({ views: 60, shares: 0, viralCoefficient: 0 });
    expect(await askRecipe(stores, 'Shares by depth', { post: 'hit' })).toMatchObject([
      { depth: 1, shares: 12, accounts: 12 },
      { depth: 2, shares: 12, accounts: 12 },
      { depth: 3, shares: 6, accounts: 6 },
    ]);
  });

  test('Completion rate trends by content category', async () => {
    const range = `from=${iso(firstWeekMs)}&to=${iso(firstWeekMs + 21 * dayMs)}&stepSeconds=604800`;
    for (const [category, planted] of Object.entries(means)) {
      const { steps } = await ask(stores, `/v1/content/categories/${category}/trend?${range}`, ContentTrend);
      expect(steps).toMatchObject(planted.map((_, week) => ({ at: iso(firstWeekMs + week * 7 * dayMs), views: 2 })));
      for (const [week, mean] of planted.entries()) expect(steps[week]?.completionRate).toBeCloseTo(mean, 6);
    }
  });

  test('Hashtag and effect performance tracking', async () => {
    const range = `from=${iso(hashtagDayMs)}&to=${iso(hashtagDayMs + dayMs)}&sort=engagementRate`;
    const list = async (dimension: string) => {
      const { items } = await ask(stores, `/v1/content/${dimension}?${range}`, ContentValueList);
      return items.map(({ value, postsCreated, views, engagementRate, completionRate }) => ({
        value,
        postsCreated,
        views,
        engagementRate,
        completionRate,
      }));
    };
    // Of "meh" 30 views with 5 likes; its completion is that of 10 views at 0.9 and 20 at 0.3.
    expect(await list('hashtags')).toEqual([
      { value: 'try', postsCreated: 2, views: 20, engagementRate: 0.5, completionRate: 0.9 },
      { value: 'meh', postsCreated: 2, views: 30, engagementRate: 5 / 30, completionRate: 0.5 },
    ]);
    expect(await list('effects')).toEqual([
      { value: 'glow', postsCreated: 1, views: 10, engagementRate: 0.5, completionRate: 0.9 },
      { value: 'sepia', postsCreated: 1, views: 20, engagementRate: 0, completionRate: 0.3 },
    ]);
  });

  test('Content lifecycle analysis (growth, peak, decay)', async () => {
    const { peak, phases, halfLifeSeconds, engagements } = await ask(
      stores,
      '/v1/posts/arc/lifecycle?stepSeconds=3600',
      PostLifeCycle,
    );
    const hour = (count: number) => iso(arcStartMs + count * hourMs);
    expect(engagements).toBe(60);
    expect(peak).toEqual({ at: hour(3), engagementsPerHour: 20 });
    // Smoothed the fourth hour has (9 + 20 + 14) / 3 = 14.3; the sixth still has more than half of that, the seventh has 4.
    expect(phases).toEqual([
      { phase: 'growth', from: hour(0), to: hour(3), engagements: 13 },
      { phase: 'peak', from: hour(3), to: hour(6), engagements: 42 },
      { phase: 'decay', from: hour(6), to: iso(arcStartMs + 8 * hourMs + 1), engagements: 5 },
    ]);
    // From the peak on 47 came, and within two hours 34 of them.
    expect(halfLifeSeconds).toBe(7200);
  });
});
