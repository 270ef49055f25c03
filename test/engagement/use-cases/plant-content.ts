import type { PostedEvent } from '../engagement-stores.ts';
import { type Act, act, bot, dayMs, hourMs, like, times, watch } from './act.ts';

/** Where the window of what trends ends. */
export const trendingUntilMs = Date.UTC(2026, 1, 20);
/** A Thursday, as weeks of the API begin on Thursdays: 1970 began on one. */
export const firstWeekMs = Date.UTC(2026, 1, 5);
export const hashtagDayMs = Date.UTC(2026, 0, 20);
export const arcStartMs = Date.UTC(2026, 1, 24);

function post(postId: string, { who, atMs }: Act, data: PostedEvent['data'] = {}): PostedEvent {
  return act('post_created', { who, atMs }, { postId, ...data });
}

function views(postId: string, count: number, { atMs, completion }: { atMs: number; completion?: number }) {
  return times(count, (index) => watch(postId, { who: `viewer ${index}`, atMs: atMs + index }, completion));
}

/**
 * Mia's three usual posts are each watched 150 times ten days ago, so 10 times in two of thirty days.
 * Yesterday one post is passed on from hand to hand, one is only watched a lot, and one is watched by a bot.
 */
export function plantViral(): PostedEvent[] {
  const before = { who: 'mia', atMs: trendingUntilMs - 10 * dayMs };
  const yesterdayMs = trendingUntilMs - 20 * hourMs;
  const own = { category: 'magic' };
  const share = (postId: string, shareId: string, atMs: number) =>
    act('post_share', { who: `fan ${shareId}`, atMs }, { postId, shareId });
  const shares = [
    ...times(12, (index) => share('hit', `near ${index}`, yesterdayMs + hourMs + index)),
    ...times(12, (index) => share(`near ${index}`, `far ${index}`, yesterdayMs + 2 * hourMs + index)),
    ...times(6, (index) => share(`far ${index}`, `farthest ${index}`, yesterdayMs + 3 * hourMs + index)),
  ];
  return [
    bot('robot'),
    ...times(3, (index) => post(`usual ${index}`, before, own)),
    ...times(3, (index) => views(`usual ${index}`, 150, { atMs: before.atMs + hourMs })).flat(),
    ...['hit', 'wave', 'bought'].map((postId) => post(postId, { who: 'mia', atMs: yesterdayMs }, own)),
    ...views('hit', 40, { atMs: yesterdayMs + hourMs }),
    ...shares,
    ...shares.flatMap(({ data }) => views(String(data['shareId']), 2, { atMs: yesterdayMs + 5 * hourMs })),
    ...views('wave', 60, { atMs: yesterdayMs + hourMs }),
    ...views('bought', 3, { atMs: yesterdayMs + hourMs }),
    ...times(200, (index) => watch('bought', { who: 'robot', atMs: yesterdayMs + 2 * hourMs + index })),
  ];
}

/** In each of three weeks two people watch a post of each category a little more and a little less than the mean. */
export function plantCompletion(means: Readonly<Record<string, readonly number[]>>): PostedEvent[] {
  return Object.entries(means).flatMap(([category, weeks]) => [
    post(`of ${category}`, { who: `maker of ${category}`, atMs: firstWeekMs }, { category }),
    ...weeks.flatMap((mean, week) => {
      const atMs = firstWeekMs + week * 7 * dayMs + dayMs;
      const left = { postId: `of ${category}`, viewDurationMs: 1000, completion: 0.01 };
      return [
        watch(`of ${category}`, { who: 'ann', atMs }, mean - 0.1),
        watch(`of ${category}`, { who: 'ben', atMs }, mean + 0.1),
        act('post_view', { who: 'cat', atMs }, left),
      ];
    }),
  ]);
}

/** Three posts on one day: what carries the tag `try` and the effect `glow` is liked, what carries `sepia` is left. */
export function plantFeatures(): PostedEvent[] {
  const atMs = hashtagDayMs + hourMs;
  const likes = (postId: string) => times(5, (index) => like(postId, { who: `viewer ${index}`, atMs: atMs + hourMs }));
  return [
    post('f1', { who: 'ann', atMs }, { hashtags: ['try'], effects: ['glow'] }),
    post('f2', { who: 'ben', atMs }, { hashtags: ['try', 'meh'] }),
    post('f3', { who: 'ben', atMs }, { hashtags: ['meh'], effects: ['sepia'] }),
    ...views('f1', 10, { atMs: atMs + hourMs, completion: 0.9 }),
    ...views('f2', 10, { atMs: atMs + hourMs, completion: 0.9 }),
    ...views('f3', 20, { atMs: atMs + hourMs, completion: 0.3 }),
    ...likes('f1'),
    ...likes('f2'),
  ];
}

/** A post that is watched so many times in each hour from its start on. */
export function plantArc(hours: readonly number[]): PostedEvent[] {
  return [
    post('arc', { who: 'ann', atMs: arcStartMs }),
    ...hours.flatMap((count, hour) => views('arc', count, { atMs: arcStartMs + hour * hourMs })),
  ];
}
