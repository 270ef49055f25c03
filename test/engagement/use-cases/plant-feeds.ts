import type { PostedEvent } from '../engagement-stores.ts';
import { type Act, act, bot, dayMs, hourMs, times, watch } from './act.ts';

const startMs = Date.UTC(2026, 1, 2, 12);
/** Noon of the day on which each story lies; an answer is asked of the hour from then on. */
export const noonOf = { sources: startMs, positions: startMs + dayMs, people: startMs + 2 * dayMs } as const;
export const experimentMs = startMs + 3 * dayMs;

export type Shown = { source: string; feedPosition: number; impressions: number; clicks: number; seconds: number };

/** One post put before a person so many times, of which the first are clicked and looked at some seconds later. */
function show(who: string, atMs: number, { impressions, clicks, seconds, ...place }: Shown): PostedEvent[] {
  return times(impressions, (index) => {
    const clickedThrough = index < clicks;
    const data = { postId: 'met', ...place, clickedThrough };
    return act(
      'post_discovered',
      { who, atMs: atMs + index },
      clickedThrough ? { ...data, timeToEngagementMs: seconds * 1000 } : data,
    );
  });
}

/** What was looked at after a click, by the place where it was met: every click a view, every second one a comment. */
function react(by: Act, { clicks, source, feedPosition }: Shown): PostedEvent[] {
  const place = { postId: 'met', source, feedPosition };
  return times(clicks, (index) => [
    act('post_view', by, { ...place, viewDurationMs: 6000 }),
    ...(index % 2 === 0 ? [act('post_comment', by, { ...place, commentId: `c ${by.atMs} ${index}` })] : []),
  ]).flat();
}

export function plantFeed(who: string, atMs: number, feed: readonly Shown[]): PostedEvent[] {
  return feed.flatMap((shown) => [...show(who, atMs, shown), ...react({ who, atMs: atMs + hourMs / 2 }, shown)]);
}

/** A bot clicks on everything that is followed. */
export function plantClickingBot(atMs: number): PostedEvent[] {
  const shown = { source: 'following', feedPosition: 0, impressions: 50, clicks: 50, seconds: 1 };
  return [bot('robot'), ...plantFeed('robot', atMs, [shown])];
}

/** Four people meet each variant; who has the new one watches three times as much and shares once. */
export function plantExperiment(): PostedEvent[] {
  const meet = (who: string, variant: string, atMs = experimentMs) =>
    act('experiment_exposed', { who, atMs }, { experimentId: 'ranker', variant });
  const watchAll = (who: string, count: number, atMs = experimentMs + hourMs) =>
    times(count, () => watch('met', { who, atMs }));
  return [
    // What was watched before says nothing of a variant.
    ...watchAll('old 0', 7, experimentMs - hourMs),
    ...times(4, (index) => [meet(`old ${index}`, 'old'), ...watchAll(`old ${index}`, 1)]).flat(),
    ...times(4, (index) => [meet(`new ${index}`, 'new'), ...watchAll(`new ${index}`, 3)]).flat(),
    act('post_share', { who: 'new 0', atMs: experimentMs + hourMs }, { postId: 'met', shareId: 'passed on' }),
    // Whoever met one variant first belongs to it.
    meet('old 1', 'new', experimentMs + 2 * hourMs),
    act('experiment_exposed', { who: 'new 1', atMs: experimentMs }, { experimentId: 'other', variant: 'old' }),
  ];
}
