import { untilMs } from '../world/plant-events.ts';
import type { World } from '../world/read-world.ts';
import type { Received } from '../world/receive.ts';
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
  secondOf,
  sum,
  total,
} from './tools.ts';

const post = 'p1';
const hourMs = 3_600_000;

function rootOf({ posts }: World, postId: string): string {
  return posts.get(postId)?.root ?? '';
}

type Scored = { postId: string; author: string; recent: ReturnType<typeof total>; earlierScore: number };

function scorePosts({ posts, received }: World): Scored[] {
  const sinceMs = untilMs - 2 * dayMs;
  const month = received.filter(({ quarterMs }) => quarterMs >= sinceMs - 30 * dayMs && quarterMs < untilMs);
  return groupBy(month, ({ postId }) => postId)
    .filter(([postId]) => posts.has(postId))
    .map(([postId, rows]) => ({
      postId,
      author: posts.get(postId)?.author ?? '',
      recent: total(rows.filter(({ quarterMs }) => quarterMs >= sinceMs)),
      earlierScore: total(rows.filter(({ quarterMs }) => quarterMs < sinceMs)).score,
    }));
}

function judge(score: number, scored: readonly Scored[], author: string): string {
  const earlier = scored.filter((one) => one.author === author && one.earlierScore > 0);
  const usual = mean(earlier.map(({ earlierScore }) => earlierScore));
  if (usual === null) return 'normal';
  const times = score / ((usual * 2) / 30);
  return times > 10 ? 'viral' : times > 5 ? 'trending' : 'normal';
}

function trending(world: World): Row[] {
  const scored = scorePosts(world);
  return scored
    .filter(({ recent }) => recent.score > 0)
    .toSorted((a, b) => b.recent.score - a.recent.score || (a.postId < b.postId ? -1 : 1))
    .map(({ postId, author, recent }) => ({
      post_id: postId,
      category: world.posts.get(postId)?.category,
      views: recent.views,
      engagement_score: recent.score,
      avg_completion: ratio(recent.completionMillionths / 1e6, recent.completions),
      status: judge(recent.score, scored, author),
    }));
}

function dailyPerformance({ received, counted }: World): Row[] {
  const rows = received.filter(({ postId }) => postId === post);
  return groupBy(rows, ({ quarterMs }) => dayOf(quarterMs)).map(([day, ofDay]) => {
    const { views, likes, comments, shares, saves, watchMs, completionMillionths, completions } = total(ofDay);
    const viewers = counted.filter(
      ({ name, postId, atMs, number }) =>
        name === 'post_view' && postId === post && dayOf(atMs) === day && (number('viewDurationMs') ?? 0) >= 3000,
    );
    return {
      day,
      views,
      unique_viewers: distinct(viewers.map(({ who }) => who)),
      likes,
      comments,
      shares,
      saves,
      avg_watch_seconds: ratio(watchMs / 1000, views),
      completion_rate: ratio(completionMillionths / 1e6, completions),
    };
  });
}

function completionByWeek(world: World): Row[] {
  const { posts, received } = world;
  const known = received.filter(({ postId }) => posts.has(postId));
  const groups = groupBy(known, ({ quarterMs, postId }) =>
    JSON.stringify([dayOf(mondayMs(quarterMs)), posts.get(rootOf(world, postId))?.category]),
  );
  return groups.map(([key, rows]) => {
    const [week, category]: unknown[] = JSON.parse(key);
    const { views, completionMillionths, completions } = total(rows);
    return { week, category, counted_views: views, mean_completion: ratio(completionMillionths / 1e6, completions) };
  });
}

function features({ posts, received }: World): Row[] {
  const originals = [...posts.values()].filter(({ depth }) => depth === 0);
  const taken = originals.flatMap((of) => of.features.map((feature) => ({ of, feature })));
  return groupBy(taken, ({ feature }) => `${feature.dimension} ${feature.value}`).map(([key, uses]) => {
    const ids = new Set(uses.map(({ of }) => of.id));
    const sums = total(received.filter(({ postId }) => ids.has(postId)));
    const [dimension, value] = key.split(' ');
    return {
      dimension,
      value,
      posts: uses.length,
      creators: distinct(uses.map(({ of }) => of.author)),
      total_views: sums.views,
      engagement_rate: ratio(sums.likes + sums.comments + sums.shares, sums.views),
      mean_completion: ratio(sums.completionMillionths / 1e6, sums.completions),
    };
  });
}

function lifeCycle({ received }: World): Row[] {
  const hourOf = ({ quarterMs }: Received) => Math.floor(quarterMs / hourMs) * hourMs;
  const hours = groupBy(
    received.filter(({ postId }) => postId === post),
    (row) => String(hourOf(row)),
  ).map(([hour, rows]) => {
    const { views, likes, comments, shares, saves } = total(rows);
    return { hourMs: Number(hour), engagements: views + likes + comments + shares + saves };
  });
  const most = Math.max(...hours.map(({ engagements }) => engagements));
  const peakMs = hours.find(({ engagements }) => engagements === most)?.hourMs ?? 0;
  return hours.map(({ hourMs: at, engagements }, index) => ({
    hour: secondOf(at),
    engagements,
    so_far: sum(hours.slice(0, index + 1).map((one) => one.engagements)),
    phase: 2 * engagements >= most ? 'peak' : at < peakMs ? 'growth' : 'decay',
  }));
}

export const content: Readonly<Record<string, Recipe>> = {
  'Trending content': { params: { until: secondOf(untilMs) }, recount: trending },
  'Daily performance of a post': { params: { post }, recount: dailyPerformance },
  'Completion rate by category and week': { recount: completionByWeek },
  'Hashtags, effects and music': { recount: features },
  'The life cycle of a post': { params: { post }, recount: lifeCycle },
};
