import { readAnalytics } from '../creators/read-creators.ts';
import { type EngagementStores, openEngagementStores } from '../engagement-stores.ts';
import { dayMs } from './act.ts';
import { askRecipe, linkPosts } from './ask.ts';
import { plantAudience, plantPlatforms, plantProgression, plantStrategies, startMs } from './plant-creators.ts';

const startOf = (day: number) => new Date(startMs + (day - 1) * dayMs).toISOString();
const range = { from: startOf(1), to: startOf(20) };

let stores: EngagementStores;

beforeAll(async () => {
  stores = await openEngagementStores();
  const events = [
    ...plantProgression(),
    ...plantAudience(),
    ...plantPlatforms(),
    ...plantStrategies([
      { contentType: 'original', category: 'food', likes: 1, completion: 0.5 },
      { contentType: 'duet', category: 'food', likes: 5, completion: 0.9 },
      { contentType: 'duet', category: 'travel', likes: 2, completion: 0.4 },
    ]),
  ];
  await stores.accept(events);
  await linkPosts(stores, events);
});
afterAll(() => stores.close());

describe('Creator Success Metrics', () => {
  test('Creator tier progression tracking', async () => {
    const { tierHistory, tier, followers } = await readAnalytics(stores, 'nora', range);
    // With 10 days of posting out of 30 she may be rising, with 14 established; the day ends where the tier is judged.
    expect(tierHistory).toEqual([
      { at: startOf(1), day: '2026-02-01', tier: 'casual' },
      { at: startOf(11), day: '2026-02-10', tier: 'rising' },
      { at: startOf(15), day: '2026-02-14', tier: 'established' },
      { at: startOf(19), day: '2026-02-18', tier: 'casual' },
    ]);
    expect([tier, followers]).toEqual(['casual', 900]);
  });

  test('Audience growth rates and retention', async () => {
    const { days, followers } = await readAnalytics(stores, 'oli', range);
    const moved = days.filter(({ newFollowers, followerChurn }) => newFollowers > 0 || followerChurn > 0);
    expect(moved.map(({ day, newFollowers, followerChurn }) => [day, newFollowers, followerChurn])).toEqual([
      ['2026-02-02', 6, 0],
      ['2026-02-04', 0, 1],
      ['2026-02-10', 4, 0],
      ['2026-02-12', 0, 2],
    ]);
    // Ten came and seven stayed.
    expect(followers).toBe(7);
    const weeks = await askRecipe(stores, 'Audience growth and churn by week');
    expect(weeks).toEqual([
      { account_id: 'oli', week: '2026-02-02', gained: 6, lost: 1, net_so_far: 5 },
      { account_id: 'oli', week: '2026-02-09', gained: 4, lost: 2, net_so_far: 7 },
    ]);
  });

  test('Content strategy effectiveness', async () => {
    const kinds = await askRecipe(stores, 'What works for one creator', { account: 'pia' });
    const each = { posts: 2, views_a_post: 10 };
    expect(kinds).toEqual([
      { content_type: 'duet', category: 'food', ...each, engagement_rate: 0.5, mean_completion: 0.9 },
      { content_type: 'duet', category: 'travel', ...each, engagement_rate: 0.2, mean_completion: 0.4 },
      { content_type: 'original', category: 'food', ...each, engagement_rate: 0.1, mean_completion: 0.5 },
    ]);
  });

  test('Cross-platform creator comparison', async () => {
    const rows = await askRecipe(stores, 'Creators by platform');
    expect(rows.filter(({ account_id }) => account_id !== 'pia')).toEqual([
      { account_id: 'quin', platform: 'ios', views: 6, viewers: 3 },
      { account_id: 'quin', platform: 'web', views: 2, viewers: 2 },
      { account_id: 'rosa', platform: 'ios', views: 1, viewers: 1 },
      { account_id: 'rosa', platform: 'web', views: 8, viewers: 8 },
    ]);
  });
});
