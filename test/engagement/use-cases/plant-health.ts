import type { PostedEvent } from '../engagement-stores.ts';
import { act, bot, dayMs, hourMs, times, watch } from './act.ts';

export const shownDayMs = Date.UTC(2026, 0, 15);
/** A Monday, as weeks of analysts begin on Mondays. */
export const mondayMs = Date.UTC(2026, 1, 2);
export const adoptionMs = Date.UTC(2026, 1, 5);
export const flaggedDayMs = Date.UTC(2026, 1, 26);
const minuteMs = 60_000;
const categories = ['politics', 'dance', 'food', 'travel', 'art'];

/** Two people are shown politics ten times; two others are shown each of five categories twice. */
export function plantEchoChambers(): PostedEvent[] {
  const show = (who: string, category: string, minute: number) =>
    act(
      'post_discovered',
      { who, atMs: shownDayMs + minute * minuteMs },
      { postId: `on ${category}`, source: 'for_you', feedPosition: minute },
    );
  return [
    ...categories.map((category) =>
      act('post_created', { who: `${category} desk`, atMs: shownDayMs }, { postId: `on ${category}`, category }),
    ),
    ...['echo 1', 'echo 2'].flatMap((who) => times(10, (index) => show(who, 'politics', index))),
    ...['wide 1', 'wide 2'].flatMap((who) => times(10, (index) => show(who, categories[index % 5] ?? '', index))),
  ];
}

type Week = { viewers: readonly string[]; viewsEach: number; comments: number };

/** In each week these people watch so many times each, and the first of them comments. */
export function plantReturning(weeks: readonly Week[]): PostedEvent[] {
  return weeks.flatMap(({ viewers, viewsEach, comments }, week) => {
    const atMs = mondayMs + week * 7 * dayMs + dayMs;
    return [
      ...viewers.flatMap((who) => times(viewsEach, (index) => watch('on dance', { who, atMs: atMs + index }))),
      ...times(comments, (index) =>
        act(
          'post_comment',
          { who: viewers[0] ?? '', atMs: atMs + index },
          { postId: 'on dance', commentId: `${week} ${index}` },
        ),
      ),
      // Looks in for a moment, which is no view.
      act('post_view', { who: 'passer-by', atMs }, { postId: 'on dance', viewDurationMs: 500 }),
    ];
  });
}

/** Four posts in each of three weeks: the effect spreads from one to three, the song is dropped, the tag stays. */
export function plantAdoption(): PostedEvent[] {
  return times(3, (week) =>
    times(4, (index) =>
      act(
        'post_created',
        { who: `maker ${index}`, atMs: adoptionMs + week * 7 * dayMs + index * hourMs },
        {
          postId: `week ${week} ${index}`,
          effects: index < week + 1 ? ['glow'] : [],
          hashtags: index < 2 ? ['us'] : [],
          ...(index < 3 - week ? { musicId: 'song' } : {}),
        },
      ),
    ),
  ).flat();
}

/** Three cases of spam, answered after 10, 20 and 30 minutes; two of hate, one after an hour and one never. */
export function plantCases(): PostedEvent[] {
  const flag = (who: string, postId: string, [reason, minute]: [string, number]) =>
    act('content_flagged', { who, atMs: flaggedDayMs + minute * minuteMs }, { postId, reason });
  const remove = (postId: string, [reason, minute]: [string, number]) =>
    act(
      'moderation_action',
      { who: 'desk', atMs: flaggedDayMs + minute * minuteMs },
      { postId, reason, action: 'remove' },
    );
  return [
    bot('robot'),
    ...times(3, (index) => flag('ann', `spam ${index}`, ['spam', index])),
    // A second flag of the same post opens no second case.
    flag('ben', 'spam 0', ['spam', 5]),
    flag('robot', 'on art', ['spam', 6]),
    ...times(3, (index) => remove(`spam ${index}`, ['spam', index + (index + 1) * 10])),
    flag('ben', 'hate 0', ['hate', 0]),
    flag('ben', 'hate 1', ['hate', 1]),
    remove('hate 0', ['hate', 60]),
  ];
}
