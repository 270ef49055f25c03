import { type Random, seededRandom } from '../chance/random.ts';
import type { PostType, TimedEvent } from '../demo-event.ts';
import type { Account } from '../people/describe-account.ts';
import { createTimePrinter, type TimePrinter } from './print-time.ts';
import { createTimeQueue, type TimeQueue } from './time-queue.ts';

/** Something that happens at its time in the queue: it tells the events it makes and may put more into the queue. */
export type Step = () => readonly TimedEvent[];

/** A post or share that people may come across for a while. */
export type FeedItem = { readonly postId: string; readonly author: Account; readonly postType: PostType };

/** The whole state of a simulation. Its size is what is going on at one moment, whatever the number of events. */
export type World = {
  readonly seed: number;
  readonly prefix: string;
  readonly events: number;
  readonly startAtMs: number;
  readonly endAtMs: number;
  readonly random: Random;
  readonly queue: TimeQueue<Step>;
  readonly printTime: TimePrinter;
  /** The newest posts and shares, in a ring. */
  readonly feed: { readonly items: FeedItem[]; next: number };
  accounts: number;
  posts: number;
  written: number;
  emitted: number;
  /** Events that planned stories and posts will still need, so that visits leave room for them. */
  reserved: number;
};

export type WorldOptions = {
  readonly seed: number;
  readonly events: number;
  readonly endAtMs: number;
  readonly prefix: string;
};

const spanMs = 30 * 24 * 3_600_000;
const feedItems = 1_024;

export function createWorld({ seed, events, endAtMs, prefix }: WorldOptions): World {
  return {
    seed,
    prefix,
    events,
    startAtMs: endAtMs - spanMs,
    endAtMs,
    random: seededRandom(seed),
    queue: createTimeQueue<Step>(),
    printTime: createTimePrinter(),
    feed: { items: [], next: 0 },
    accounts: 0,
    posts: 0,
    written: 0,
    emitted: 0,
    reserved: 0,
  };
}

export function showInFeed({ feed }: World, item: FeedItem): void {
  feed.items[feed.next] = item;
  feed.next = (feed.next + 1) % feedItems;
}

/** Mostly the newest: a feed forgets quickly. */
export function pickFromFeed({ feed, random }: World): FeedItem | undefined {
  const { length } = feed.items;
  const age = 1 + Math.floor(length * random() ** 2);
  return feed.items[(feed.next - age + length) % Math.max(1, length)];
}
