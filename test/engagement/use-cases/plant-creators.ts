import type { PostedEvent } from '../engagement-stores.ts';
import { type Act, act, bot, dayMs, hourMs, like, times, watch } from './act.ts';

/** The first of February, a Sunday. */
export const startMs = Date.UTC(2026, 1, 1);
const noon = (day: number) => startMs + (day - 1) * dayMs + 12 * hourMs;

function post(postId: string, { who, atMs }: Act, data: PostedEvent['data'] = {}): PostedEvent {
  return act('post_created', { who, atMs }, { postId, ...data });
}

/** Nora posts every day of February; what she says of her followers moves her up twice and down once. */
export function plantProgression(): PostedEvent[] {
  const says = (day: number, followerCount: number) =>
    act('user_updated', { who: 'nora', atMs: noon(day) }, { followerCount });
  return [
    act('user_registered', { who: 'nora', atMs: startMs - 30 * dayMs }, { userType: 'creator', followerCount: 500 }),
    ...times(19, (index) => post(`nora ${index}`, { who: 'nora', atMs: noon(index + 1) })),
    says(10, 1200),
    says(14, 150_000),
    says(18, 900),
  ];
}

/** Oli wins six people in one week and four in the next; one leaves him in the first week, two in the second. */
export function plantAudience(): PostedEvent[] {
  const follow = (who: string, day: number, action = 'follow') =>
    act('user_follow', { who, atMs: noon(day) }, { targetUserId: 'oli', action });
  return [
    bot('robot'),
    ...times(6, (index) => follow(`early ${index}`, 2)),
    // Who follows already, and who is no person, is nobody won.
    follow('early 3', 3),
    follow('robot', 3),
    follow('early 0', 4, 'unfollow'),
    ...times(4, (index) => follow(`late ${index}`, 10)),
    follow('early 1', 12, 'unfollow'),
    follow('early 2', 12, 'unfollow'),
    // Who does not follow cannot leave.
    follow('stranger', 12, 'unfollow'),
  ];
}

type Strategy = { contentType: string; category: string; likes: number; completion: number };

/** Pia makes two posts of each kind; each is watched by ten people, of whom some like it. */
export function plantStrategies(strategies: readonly Strategy[]): PostedEvent[] {
  return strategies.flatMap(({ contentType, category, likes, completion }) =>
    times(2, (index) => {
      const postId = `pia ${contentType} ${category} ${index}`;
      const by = (viewer: number) => ({ who: `viewer ${viewer}`, atMs: noon(5) });
      return [
        post(postId, { who: 'pia', atMs: noon(4) }, { contentType, category }),
        ...times(10, (viewer) => watch(postId, by(viewer), completion)),
        ...times(likes, (viewer) => like(postId, by(viewer))),
      ];
    }).flat(),
  );
}

/** Quin is watched on phones, again and again by the same three; Rosa in browsers, by eight people once each. */
export function plantPlatforms(): PostedEvent[] {
  const seen = (postId: string, viewer: number, platform: string) =>
    watch(postId, { who: `viewer ${viewer}`, atMs: noon(6) + viewer, platform });
  return [
    post('of quin', { who: 'quin', atMs: noon(5) }),
    post('of rosa', { who: 'rosa', atMs: noon(5) }),
    ...times(6, (index) => seen('of quin', index % 3, 'ios')),
    ...times(2, (index) => seen('of quin', index, 'web')),
    seen('of rosa', 0, 'ios'),
    ...times(8, (index) => seen('of rosa', index, 'web')),
    // Too short to be a view.
    act('post_view', { who: 'viewer 9', atMs: noon(6), platform: 'ios' }, { postId: 'of rosa', viewDurationMs: 2000 }),
  ];
}
