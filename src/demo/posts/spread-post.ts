import { chance } from '../chance/draw.ts';
import type { Random } from '../chance/random.ts';
import type { DemoMetadata, TimedEvent } from '../demo-event.ts';
import type { Chosen } from '../people/choose-account.ts';
import type { Account } from '../people/describe-account.ts';
import { showInFeed, type World } from '../world/world.ts';
import { nextPostId, writeEvent } from '../world/write-event.ts';
import type { Content } from './create-post.ts';
import { sharePost } from './share-post.ts';
import { viewPost } from './view-post.ts';

/** A post or share as the branching process sees it. The spine is the one line that a story may ask to be kept alive. */
export type SharedPost = {
  readonly postId: string;
  readonly author: Account;
  readonly depth: number;
  readonly isSpine: boolean;
};

/** How one cascade behaves: a branching process, one post at a time. */
export type Manner = {
  readonly countShares: (random: Random, post: SharedPost) => number;
  readonly delayMs: (random: Random, post: SharedPost) => number;
  readonly chooseSharer: (world: World, atMs: number) => Chosen;
  readonly metadata: (account: Account) => DemoMetadata;
  /** Whether the last living branch goes on while there are shares left to make. */
  readonly isKeptAlive: boolean;
};

/** Its tree is never held: only what is left to make and the shares that wait in the queue. */
export type Cascade = { readonly content: Content; readonly manner: Manner; sharesLeft: number; waiting: number };

function countShares({ random }: World, cascade: Cascade, post: SharedPost): number {
  const wanted = Math.min(cascade.sharesLeft, cascade.manner.countShares(random, post));
  const isLast = wanted === 0 && cascade.waiting === 0 && cascade.manner.isKeptAlive;
  return isLast ? Math.min(3, cascade.sharesLeft) : wanted;
}

/** Decides who will share this post and when, and puts those shares into the queue. */
export function spreadPost(world: World, cascade: Cascade, post: SharedPost, atMs: number): void {
  const count = countShares(world, cascade, post);
  cascade.sharesLeft -= count;
  cascade.waiting += count;
  for (let index = 0; index < count; index += 1) {
    const sharedAtMs = atMs + Math.max(1_000, cascade.manner.delayMs(world.random, post));
    const isSpine = post.isSpine && index === 0;
    world.queue.push(sharedAtMs, () => happen(world, cascade, { parent: post, atMs: sharedAtMs, isSpine }));
  }
  const { postType } = cascade.content;
  showInFeed(world, { postId: post.postId, author: post.author, postType });
}

type Happening = { readonly parent: SharedPost; readonly atMs: number; readonly isSpine: boolean };

function happen(world: World, cascade: Cascade, { parent, atMs, isSpine }: Happening): readonly TimedEvent[] {
  const { manner, content } = cascade;
  const { account, registered } = manner.chooseSharer(world, atMs);
  const metadata = manner.metadata(account);
  const postId = nextPostId(world);
  const place = { postId: parent.postId, shareId: postId, rootPostId: content.postId };
  const share = writeEvent(world, { account, atMs, metadata }, sharePost(world, place));
  cascade.waiting -= 1;
  spreadPost(world, cascade, { postId, author: account, depth: parent.depth + 1, isSpine }, atMs);
  if (!chance(world.random, 0.5)) return [...registered, share];
  const seen = viewPost(world, { postId: parent.postId, postType: content.postType, source: 'share' });
  const view = writeEvent(world, { account, atMs: atMs - 900, metadata }, seen);
  return [...registered, view, share];
}
