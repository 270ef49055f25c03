import type { PostedEvent } from '../engagement-stores.ts';

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
export function openChance(seed: number) {
  let state = seed;
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  const oneOf = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  return { below, oneOf, one: (inSo: number) => below(inSo) === 0 };
}

export type Chance = ReturnType<typeof openChance>;

const dayMs = 86_400_000;

/** Days on which clocks change in Lisbon, New York, Cairo and Santiago, the last two at midnight. */
const starts = [Date.UTC(2025, 9, 18), Date.UTC(2025, 8, 1)] as const;

/** A moment of few, so that many things happen at the same one. */
export function someMoment(chance: Chance): number {
  return chance.oneOf(starts) + chance.below(40) * 0.5 * dayMs + chance.oneOf([0, 1, 1_800_000, 14_400_000]);
}

const people = ['ann', 'ben', 'cat', 'dan', 'eve', 'robot', 'tester'] as const;
const words = ['a', 'Z', 'é', '～', '😀', "it's \\ 100%"] as const;

/** Events of every kind that content is judged by, and some that say nothing of it. */
export function someEvents(chance: Chance, howMany: number, round: number): PostedEvent[] {
  return Array.from({ length: howMany }, (_, index) => ({
    eventId: `${chance.below(1000)} ${round} ${index}`,
    userId: chance.oneOf(people),
    timestamp: new Date(someMoment(chance)).toISOString(),
    ...somethingDone(chance),
    ...(chance.one(12) ? { metadata: { isInternal: true } } : {}),
  }));
}

function somethingDone(chance: Chance): Pick<PostedEvent, 'eventName' | 'data'> {
  const postId = `post ${chance.below(7)}`;
  const kind = chance.below(20);
  if (kind < 3) return { eventName: 'post_created', data: { postId, ...someContent(chance) } };
  if (kind < 4) return { eventName: 'post_updated', data: { postId, ...ofComment(chance), ...someContent(chance) } };
  if (kind < 9) return { eventName: 'post_view', data: { postId, ...someWatching(chance) } };
  if (kind < 14) return { eventName: 'post_like', data: { postId, action: chance.oneOf(['like', 'like', 'unlike']) } };
  if (kind < 16) return { eventName: 'post_save', data: { postId, action: chance.oneOf(['save', 'unsave']) } };
  if (kind < 17) return { eventName: 'post_comment', data: { postId, commentId: 'c' } };
  if (kind < 18) return { eventName: 'post_share', data: { postId } };
  if (kind < 19) return { eventName: 'post_discovered', data: { postId, source: 'feed', feedPosition: 1 } };
  return { eventName: chance.oneOf(['user_registered', 'user_updated']), data: somePerson(chance) };
}

function someContent(chance: Chance) {
  return {
    ...(chance.one(3) ? {} : { category: chance.oneOf(words) }),
    ...(chance.one(3) ? {} : { contentType: chance.oneOf(['original', 'remix', 'duet']) }),
    ...(chance.one(3) ? {} : { musicId: chance.oneOf(words) }),
    ...(chance.one(3) ? {} : { hashtags: Array.from({ length: chance.below(5) }, () => chance.oneOf(words)) }),
    ...(chance.one(3) ? {} : { effects: Array.from({ length: chance.below(3) }, () => chance.oneOf(words)) }),
  };
}

const ofComment = (chance: Chance) => (chance.one(4) ? { commentId: 'c' } : {});

function someWatching(chance: Chance) {
  return {
    ...(chance.one(5) ? {} : { viewDurationMs: chance.oneOf([0, 2999, 3000, 4321, 60_000]) }),
    ...(chance.one(3) ? {} : { completion: chance.below(1_000_000) / 1_000_000 }),
  };
}

function somePerson(chance: Chance) {
  return chance.oneOf([
    { isInternal: true },
    { isInternal: false },
    { isTestAccount: false },
    { accountType: 'bot' },
    { accountType: 'person', isInternal: false, isTestAccount: false },
    { username: 'says nothing' },
  ]);
}
