import { logNormal, poisson } from '../chance/draw.ts';
import type { Random } from '../chance/random.ts';
import type { TimedEvent } from '../demo-event.ts';
import { chooseAccount } from '../people/choose-account.ts';
import type { Account } from '../people/describe-account.ts';
import type { World } from '../world/world.ts';
import { nextPostId, writeEvent } from '../world/write-event.ts';
import { createPost, drawContent } from './create-post.ts';
import { type Manner, type SharedPost, spreadPost } from './spread-post.ts';

/** How many more people see a post of someone with many followers, around 1 for the typical sharer. */
export function reach({ followers }: Account): number {
  return Math.min(14, Math.max(0.35, (followers / 90) ** 0.42));
}

/**
 * An ordinary post: each has an appeal of its own, near enough to the critical point for sizes with a heavy tail
 * (most posts get no share, a few get hundreds).
 */
function ordinaryManner(random: Random): Manner {
  const appeal = Math.min(1.12, logNormal(random, 0.5, 0.7));
  const countShares = (draw: Random, post: SharedPost): number => {
    const start = post.depth === 0 ? 1.5 : 0.97 ** post.depth;
    return poisson(draw, appeal * start * reach(post.author));
  };
  return {
    countShares,
    delayMs: (draw) => logNormal(draw, 25 * 60_000, 1.4),
    chooseSharer: chooseAccount,
    metadata: (account) => account.metadata,
    isKeptAlive: false,
  };
}

export function publishPost(world: World, atMs: number): readonly TimedEvent[] {
  const { account, registered } = chooseAccount(world, atMs);
  const content = drawContent(world, nextPostId(world), account.metadata.language);
  const created = writeEvent(world, { account, atMs }, createPost(world, content));
  const sharesLeft = Math.max(3, Math.floor(world.events * 0.012));
  const cascade = { content, manner: ordinaryManner(world.random), sharesLeft, waiting: 0 };
  spreadPost(world, cascade, { postId: content.postId, author: account, depth: 0, isSpine: false }, atMs);
  return [...registered, created];
}
