import type { Happened } from '../world/happened.ts';
import { untilMs } from '../world/plant-events.ts';
import type { World } from '../world/read-world.ts';
import {
  dayMs,
  dayOf,
  distinct,
  groupBy,
  mean,
  mondayMs,
  type Recipe,
  type Row,
  ratio,
  sum,
  timeOf,
  total,
} from './tools.ts';

const creators = ['ada', 'ben', 'cleo'];

function tierOf(followers: number, consistency: number): string {
  if (followers >= 1_000_000 && consistency >= 0.5) return 'top';
  if (followers >= 100_000 && consistency >= 0.4) return 'established';
  return followers >= 1000 && consistency >= 0.2 ? 'rising' : 'casual';
}

function consistencyOf({ posts }: World, account: string, isIn: (atMs: number) => boolean): number {
  const own = [...posts.values(), ...waitingShares].filter(({ author, atMs }) => author === account && isIn(atMs));
  return distinct(own.map(({ atMs }) => dayOf(atMs))) / 30;
}

/** Posted by its account, though its parent was never told. */
const waitingShares = [{ author: 'dan', atMs: untilMs - dayMs }];

const saysFollowers = ({ name, number }: Happened) => name.startsWith('user_') && number('followerCount') !== null;

type FollowChange = { of: string; atMs: number; begins: boolean };

function followChanges({ counted }: World): FollowChange[] {
  const follows = counted.filter(({ name }) => name === 'user_follow');
  return groupBy(follows, (event) => `${event.who} ${event.text('targetUserId')}`).flatMap(([, events]) => {
    const ordered = events.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    return ordered.flatMap((event, index): FollowChange[] => {
      const begins = event.text('action') === 'follow';
      const before = ordered[index - 1]?.text('action') === 'follow';
      return begins === before ? [] : [{ of: event.text('targetUserId'), atMs: event.atMs, begins }];
    });
  });
}

/** Rates of the days on which the account's posts were viewed, and all their views. */
function receivedBy({ posts, received }: World, account: string): { views: number; rates: number[] } {
  const own = received.filter(({ postId }) => posts.get(postId)?.author === account);
  const days = groupBy(own, ({ quarterMs }) => dayOf(quarterMs)).map(([, rows]) => total(rows));
  const viewed = days.filter(({ views }) => views > 0);
  const rates = viewed.map(({ likes, comments, shares, views }) => (likes + comments + shares) / views);
  return { views: sum(days.map(({ views }) => views)), rates };
}

function creatorTiers(world: World): Row[] {
  const tiers = creators.map((account) => {
    const said = world.events.filter((event) => event.who === account && saysFollowers(event)).at(-1);
    const consistency = consistencyOf(world, account, (atMs) => atMs >= untilMs - 30 * dayMs && atMs < untilMs);
    const changes = followChanges(world).filter(({ of }) => of === account);
    const net = sum(changes.map(({ begins }) => (begins ? 1 : -1)));
    return { tier: tierOf(said?.number('followerCount') ?? 0, consistency), net, ...receivedBy(world, account) };
  });
  return groupBy(tiers, ({ tier }) => tier)
    .map(([tier, of]) => ({
      creator_tier: tier,
      creator_count: of.length,
      avg_daily_views: sum(of.map(({ views }) => views)) / 30 / of.length,
      avg_engagement_rate: mean(of.flatMap(({ rates }) => rates)),
      avg_net_follower_growth: sum(of.map(({ net }) => net)) / 30 / of.length,
    }))
    .toSorted((a, b) => b.avg_daily_views - a.avg_daily_views);
}

function tierProgression(world: World): Row[] {
  return world.counted
    .filter(saysFollowers)
    .toSorted((a, b) => (a.who === b.who ? a.atMs - b.atMs : a.who < b.who ? -1 : 1))
    .map(({ who, atMs, number }) => {
      const followers = number('followerCount') ?? 0;
      const consistency = consistencyOf(world, who, (at) => at > atMs - 30 * dayMs && at <= atMs);
      return { account_id: who, said_at: timeOf(atMs), followers, consistency, tier: tierOf(followers, consistency) };
    });
}

function audience(world: World): Row[] {
  return groupBy(followChanges(world), ({ of }) => of).flatMap(([account, changes]) => {
    const weeks = groupBy(changes, ({ atMs }) => dayOf(mondayMs(atMs)));
    return weeks.map(([week, ofWeek]) => {
      const gained = ofWeek.filter(({ begins }) => begins).length;
      const soFar = changes.filter(({ atMs }) => dayOf(mondayMs(atMs)) <= week);
      const net = sum(soFar.map(({ begins }) => (begins ? 1 : -1)));
      return { account_id: account, week, gained, lost: ofWeek.length - gained, net_so_far: net };
    });
  });
}

function strategy({ posts, received }: World): Row[] {
  const own = [...posts.values()].filter(({ author, depth }) => author === 'ada' && depth === 0);
  return groupBy(own, ({ contentType, category }) => `${contentType} ${category}`).map(([key, of]) => {
    const [content_type, category] = key.split(' ');
    const ids = new Set(of.map(({ id }) => id));
    const sums = total(received.filter(({ postId }) => ids.has(postId)));
    return {
      content_type,
      category,
      posts: of.length,
      views_a_post: sums.views / of.length,
      engagement_rate: ratio(sums.likes + sums.comments + sums.shares, sums.views),
      mean_completion: ratio(sums.completionMillionths / 1e6, sums.completions),
    };
  });
}

function byPlatform({ counted, posts }: World): Row[] {
  const views = counted.filter(
    ({ name, number, postId }) => name === 'post_view' && (number('viewDurationMs') ?? 0) >= 3000 && posts.has(postId),
  );
  return groupBy(views, ({ postId, platform }) => `${posts.get(postId)?.author} ${platform}`).map(([key, of]) => {
    const [account_id, platform] = key.split(' ');
    return { account_id, platform, views: of.length, viewers: distinct(of.map(({ who }) => who)) };
  });
}

export const creatorRecipes: Readonly<Record<string, Recipe>> = {
  'Creator tiers': { params: { until: dayOf(untilMs) }, recount: creatorTiers },
  'Tier progression': { recount: tierProgression },
  'Audience growth and churn by week': { recount: audience },
  'What works for one creator': { params: { account: 'ada' }, recount: strategy },
  'Creators by platform': { recount: byPlatform },
};
