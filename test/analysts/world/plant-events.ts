import type { PostedEvent } from '../../engagement/engagement-stores.ts';

/** What is planted lies in the thirty days before this. */
export const untilMs = Date.parse('2026-03-31T00:00:00.000Z');
const dayMs = 86_400_000;
const startMs = untilMs - 30 * dayMs;

const people = [
  { id: 'ada', userType: 'creator', followers: 1500, country: 'PT' },
  { id: 'ben', userType: 'both', followers: 250_000, country: 'NP' },
  { id: 'cleo', userType: 'creator', followers: 50, country: 'PT' },
  { id: 'dan', userType: 'consumer', followers: 3, country: 'DE' },
  { id: 'eve', userType: 'consumer', followers: 7, country: 'NP' },
  { id: 'fay', userType: 'consumer', followers: 0, country: 'DE' },
  { id: 'bot', userType: 'consumer', followers: 9, country: 'DE' },
];
const authors = ['ada', 'ben', 'cleo'];
const categories = ['dance', 'comedy', 'education'];
const platforms = ['ios', 'android', 'web'];
const sources = ['for_you', 'following', 'search'];

export type Chance = { below(end: number): number; pick<T>(list: readonly T[]): T };

/** The same numbers in every run: what is compared must not depend on luck. */
export function openChance(seed: number): Chance {
  let state = seed;
  const below = (end: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  return { below, pick };
}

type Maker = {
  events: PostedEvent[];
  chance: Chance;
  /** Posts that can be met, originals and shares. */
  posts: Array<{ id: string; atMs: number }>;
};

function add(maker: Maker, event: Omit<PostedEvent, 'eventId' | 'timestamp'> & { atMs: number }): void {
  const { atMs, ...rest } = event;
  maker.events.push({
    eventId: `e${String(maker.events.length).padStart(4, '0')}`,
    timestamp: new Date(atMs).toISOString(),
    ...rest,
  });
}

function addPeople(maker: Maker): void {
  for (const [index, { id, userType, followers, country }] of people.entries()) {
    const data = {
      userType,
      followerCount: followers,
      countryCode: country,
      ...(id === 'bot' ? { accountType: 'bot' } : {}),
    };
    add(maker, { eventName: 'user_registered', userId: id, atMs: startMs + index * 2 * dayMs, data });
    const variant = index % 2 === 0 ? 'old' : 'new';
    const exposed = { experimentId: 'feed-7', variant };
    add(maker, { eventName: 'experiment_exposed', userId: id, atMs: startMs + 5 * dayMs + index, data: exposed });
  }
  add(maker, { eventName: 'user_updated', userId: 'cleo', atMs: untilMs - dayMs, data: { followerCount: 2000 } });
}

function addPosts(maker: Maker): void {
  const { chance } = maker;
  for (let index = 0; index < 15; index += 1) {
    const atMs = startMs + index * 2 * dayMs + chance.below(dayMs);
    const data = {
      postId: `p${index}`,
      postType: 'video',
      contentType: chance.pick(['original', 'duet']),
      category: chance.pick(categories),
      hashtags: index % 3 === 0 ? ['spring'] : ['spring', 'duet'],
      effects: index % 2 === 0 ? ['glow'] : [],
      ...(index % 4 === 0 ? { musicId: 'm1' } : {}),
    };
    add(maker, { eventName: 'post_created', userId: authors[index % 3] ?? '', atMs, data });
    maker.posts.push({ id: `p${index}`, atMs });
  }
  // Enough days with a post to be counted on, and nobody saw these.
  for (let index = 0; index < 12; index += 1) {
    const data = { postId: `unseen${index}`, postType: 'text', category: 'comedy' };
    add(maker, { eventName: 'post_created', userId: 'ben', atMs: startMs + (2 * index + 1) * dayMs, data });
  }
  add(maker, {
    eventName: 'post_updated',
    userId: 'ada',
    atMs: untilMs - 100,
    data: { postId: 'p0', category: 'education' },
  });
}

function addShares(maker: Maker): void {
  const { chance } = maker;
  for (let index = 0; index < 40; index += 1) {
    const parent =
      maker.posts[
        chance.below(5) === 0 ? chance.below(maker.posts.length) : index % 2 === 0 ? 1 : maker.posts.length - 1
      ];
    if (parent === undefined) continue;
    const atMs = Math.min(parent.atMs + 1 + chance.below(dayMs / 2), untilMs - 1);
    const data = {
      postId: parent.id,
      shareId: `s${index}`,
      source: chance.pick(sources),
      feedPosition: 1 + chance.below(4),
    };
    add(maker, { eventName: 'post_share', userId: chance.pick(people).id, atMs, data });
    maker.posts.push({ id: `s${index}`, atMs });
  }
  const waiting = { postId: 'never-told', shareId: 's-waiting' };
  add(maker, { eventName: 'post_share', userId: 'dan', atMs: untilMs - dayMs, data: waiting });
}

/** Reactions of one kind, each to any post at any time. */
function addReactions(maker: Maker, times: number, eventName: string, data: (postId: string) => object): void {
  const { chance } = maker;
  for (let index = 0; index < times; index += 1) {
    const post = chance.pick(maker.posts);
    const metadata = { platform: chance.pick(platforms), countryCode: chance.pick(['PT', 'NP']) };
    const atMs = startMs + chance.below(30 * dayMs);
    add(maker, { eventName, userId: chance.pick(people).id, atMs, data: { ...data(post.id) }, metadata });
  }
}

function addEngagement(maker: Maker): void {
  const { chance } = maker;
  const place = () => ({ source: chance.pick(sources), feedPosition: 1 + chance.below(4) });
  addReactions(maker, 400, 'post_view', (postId) => ({
    postId,
    viewDurationMs: chance.below(12_000),
    ...(chance.below(4) === 0 ? {} : { completion: chance.below(101) / 100 }),
    ...place(),
  }));
  addReactions(maker, 120, 'post_like', (postId) => ({ postId, action: chance.below(4) === 0 ? 'unlike' : 'like' }));
  addReactions(maker, 50, 'post_save', (postId) => ({ postId, action: chance.below(4) === 0 ? 'unsave' : 'save' }));
  addReactions(maker, 50, 'post_comment', (postId) => ({ postId, commentId: `c${chance.below(1e9)}`, ...place() }));
  addReactions(maker, 150, 'post_discovered', (postId) => ({
    postId,
    ...place(),
    clickedThrough: chance.below(2) === 0,
    ...(chance.below(3) === 0 ? { timeToEngagementMs: chance.below(60_000) } : {}),
  }));
  addReactions(maker, 15, 'content_flagged', (postId) => ({ postId, reason: chance.pick(['spam', 'violence']) }));
  addReactions(maker, 40, 'moderation_action', (postId) => ({ postId, action: 'remove' }));
}

function addFollows(maker: Maker): void {
  const { chance } = maker;
  for (let index = 0; index < 60; index += 1) {
    const userId = chance.pick(people).id;
    const targetUserId = chance.pick(authors);
    if (userId === targetUserId) continue;
    const data = { targetUserId, action: chance.below(3) === 0 ? 'unfollow' : 'follow' };
    add(maker, { eventName: 'user_follow', userId, atMs: startMs + chance.below(30 * dayMs), data });
  }
}

/** A month of a small platform: people, posts, shares of shares, reactions, a bot that must not count. */
export function plantEvents(): PostedEvent[] {
  const maker: Maker = { events: [], chance: openChance(7), posts: [] };
  addPeople(maker);
  addPosts(maker);
  addShares(maker);
  // One post that does much better than its creator's others, at the end of the month.
  for (let index = 0; index < 12; index += 1) {
    const data = { postId: 'p14', commentId: `late-${index}` };
    add(maker, { eventName: 'post_comment', userId: 'dan', atMs: untilMs - 3_600_000 - index, data });
  }
  addEngagement(maker);
  addFollows(maker);
  return maker.events;
}
