import type { PostedEvent } from '../engagement-stores.ts';
import type { Chance } from './chance.ts';

const firstMs = Date.UTC(2026, 1, 10);
const stepMs = 3_600_000;

/** The moments of random events lie so far apart, and are so few that ties happen. */
export const steps = 120;

export const timeAt = (step: number) => new Date(firstMs + step * stepMs).toISOString();

const people = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy', 'rob'] as const;
const posts = ['p', 'q', 'r', 's', 'never made'] as const;
type Sign = { isInternal: boolean } | { accountType: string };

const signs: [Sign, ...Sign[]] = [
  { isInternal: true },
  { isInternal: false },
  { accountType: 'bot' },
  { accountType: 'person' },
];

/** One event of those that discovery is told by; ids differ in bytes beyond ASCII. */
export function randomEvent(chance: Chance, at: number): PostedEvent {
  return {
    eventId: `${chance.pick(['Z', 'a', 'é', '10', '9'])} ${at}`,
    userId: chance.pick(people),
    timestamp: timeAt(chance.below(steps)),
    ...(chance.isOnceIn(12) ? { metadata: { isInternal: chance.isOnceIn(2) } } : {}),
    ...randomDeed(chance, at),
  };
}

function randomDeed(chance: Chance, at: number): Pick<PostedEvent, 'eventName' | 'data'> {
  if (chance.isOnceIn(60)) return { eventName: 'user_updated', data: chance.pick(signs) };
  const postId = chance.pick(posts);
  const source = chance.pick(['for_you', 'for_you', 'search', 'Zeta', 'éclair']);
  const feedPosition = chance.pick([0, 1, 2, 10]);
  const named = { ...(chance.isOnceIn(4) ? {} : { source }), ...(chance.isOnceIn(4) ? {} : { feedPosition }) };
  const some = <T extends object>(data: T) => (chance.isOnceIn(3) ? {} : data);
  switch (chance.below(13)) {
    case 0:
      return { eventName: 'post_created', data: { postId: chance.pick(['p', 'q', 'r', 's']), ...category(chance) } };
    case 1:
      return {
        eventName: 'post_updated',
        data: { postId, ...category(chance), ...(chance.isOnceIn(4) ? { commentId: 'c' } : {}) },
      };
    case 2:
      return { eventName: 'post_comment', data: { postId, commentId: `c${at}`, ...named } };
    case 3:
      return { eventName: 'post_share', data: { postId, shareId: `share ${at}`, ...named } };
    case 4:
    case 5:
      return { eventName: 'post_like', data: { postId, action: chance.pick(['like', 'like', 'unlike']), ...named } };
    case 6:
    case 7:
      return { eventName: 'post_save', data: { postId, action: chance.pick(['save', 'save', 'unsave']), ...named } };
    case 8:
      return {
        eventName: 'post_view',
        data: { postId, ...some({ viewDurationMs: chance.pick([0, 2999, 3000, 9000]) }), ...named },
      };
    default: {
      const told = {
        ...some({ clickedThrough: chance.isOnceIn(2) }),
        ...some({ timeToEngagementMs: chance.below(90_000) }),
      };
      return { eventName: 'post_discovered', data: { postId, source, feedPosition, ...told } };
    }
  }
}

function category(chance: Chance) {
  return chance.isOnceIn(3) ? {} : { category: chance.pick(['dance', 'food', 'news', 'art']) };
}
