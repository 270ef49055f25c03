import { between, chance, pickOne, pickWeighted } from '../../src/demo/chance/draw.ts';
import { printTail } from '../../src/demo/chance/print-tail.ts';
import { mix32, type Random } from '../../src/demo/chance/random.ts';
import { describeAccount } from '../../src/demo/people/describe-account.ts';

/** How many take part. Of the people one in a hundred is a bot, and every maker has twenty posts. */
export type Crowd = { people: number; posts: number };

/** What differs each time a body is sent; each stands where a value of the same length is written later. */
export const slots = { eventId: '@'.repeat(36), body: '#'.repeat(8), person: '$'.repeat(6) } as const;

const postsOfMaker = 20;
const botEvery = 100;
const seed = 7;

type Drawn = { eventName: string; data: object };
type Draw = (random: Random, postId: string, place: number) => Drawn;

const source = (random: Random) => pickOne(random, ['for_you', 'for_you', 'following', 'search', 'profile'] as const);
const feedPlace = (random: Random) => ({ source: source(random), feedPosition: between(random, 0, 60) });

const draws: Record<string, Draw> = {
  view: (random, postId) => {
    const viewDurationMs = between(random, 300, 20_000);
    const completion = Math.round(random() * 100) / 100;
    return { eventName: 'post_view', data: { postId, viewDurationMs, completion, ...feedPlace(random) } };
  },
  like: (random, postId) => {
    const action = chance(random, 0.9) ? 'like' : 'unlike';
    return { eventName: 'post_like', data: { postId, action, source: source(random) } };
  },
  save: (random, postId) => ({ eventName: 'post_save', data: { postId, action: 'save', source: source(random) } }),
  comment: (random, postId, place) => ({
    eventName: 'post_comment',
    data: { postId, commentId: `c_${slots.body}_${place}`, length: between(random, 1, 200) },
  }),
  share: (_random, postId, place) => ({
    eventName: 'post_share',
    data: { postId, shareId: `s_${slots.body}_${place}`, method: 'explicit' },
  }),
  discovery: (random, postId) => {
    const clickedThrough = chance(random, 0.3);
    return { eventName: 'post_discovered', data: { postId, ...feedPlace(random), clickedThrough } };
  },
};

const kinds = [
  { kind: 'view', weight: 80 },
  { kind: 'like', weight: 10 },
  { kind: 'save', weight: 2 },
  { kind: 'comment', weight: 4 },
  { kind: 'share', weight: 2 },
  { kind: 'discovery', weight: 2 },
] as const;

/** An event as a client sends it, of a kind that comes as often as it does in life; few posts get most of it. */
export function drawEvent(random: Random, { people, posts }: Crowd, place: number): { event: object; person: number } {
  const person = between(random, 0, people - 1);
  const { kind } = pickWeighted(random, kinds);
  const drawn = draws[kind]?.(random, postIdOf(Math.floor(random() ** 3 * posts)), place);
  const userId = `u_${slots.person}`;
  const timestamp = new Date(Date.now() - between(random, 0, 60_000)).toISOString();
  const { metadata } = describeAccount(seed, person, '');
  const session = { userId, sessionId: `${userId}_s_${person % 7}`, timestamp, metadata };
  return { event: { eventId: slots.eventId, ...drawn, ...session }, person };
}

/** What has to be there before anybody can share: the posts, and who of the people is a bot. */
export function listBeginnings({ people, posts }: Crowd): object[] {
  const timestamp = new Date(Date.now() - 120_000).toISOString();
  const made = Array.from({ length: posts }, (_, post) => ({
    eventName: 'post_created',
    userId: `maker_${Math.floor(post / postsOfMaker)}`,
    data: { postId: postIdOf(post), postType: 'video', category: `category-${post % 12}`, durationSeconds: 31 },
  }));
  const bots = Array.from({ length: Math.ceil(people / botEvery) }, (_, bot) => ({
    eventName: 'user_registered',
    userId: `u_${printPerson(bot * botEvery)}`,
    data: { accountType: 'bot' },
  }));
  return [...made, ...bots].map((event) => ({ eventId: crypto.randomUUID(), ...event, timestamp }));
}

export function printPerson(person: number): string {
  return String(person).padStart(slots.person.length, '0');
}

export function postIdOf(post: number): string {
  return `p_${printTail(mix32(post + 1))}`;
}
