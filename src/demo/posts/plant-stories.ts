import { chance, exponential, logNormal, poisson } from '../chance/draw.ts';
import { chooseAccount } from '../people/choose-account.ts';
import { type Account, describeAccount } from '../people/describe-account.ts';
import type { World } from '../world/world.ts';
import { writeEvent } from '../world/write-event.ts';
import { plantBurst } from './plant-burst.ts';
import { createPost, type Content } from './create-post.ts';
import { reach } from './publish-post.ts';
import { type Cascade, type Manner, spreadPost } from './spread-post.ts';
import { storyPostIds } from './story-posts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Starts a story: its post is written at its time by an account of the usual kind, and spreads in the story's manner. */
function plant(world: World, atMs: number, { content, manner, shares }: { content: Content; manner: Manner; shares: number }): void {
  const cascade: Cascade = { content, manner, sharesLeft: shares, waiting: 0 };
  world.queue.push(atMs, () => {
    const { account, registered } = chooseAccount(world, atMs);
    const created = writeEvent(world, { account, atMs }, createPost(world, content));
    spreadPost(world, cascade, { postId: content.postId, author: account, depth: 0, isSpine: true }, atMs);
    return [...registered, created];
  });
}

const usual = { chooseSharer: chooseAccount, metadata: (account: Account) => account.metadata };

/** Deep and broad: people with many followers carry it on, generation after generation, until everybody has seen it. */
function plantOrganic(world: World): void {
  const shares = Math.max(60, Math.floor(world.events * 0.08));
  const manner: Manner = {
    ...usual,
    countShares: (random, post) => (post.depth === 0 ? Math.ceil(shares * 0.04) : poisson(random, 0.62 * reach(post.author))),
    delayMs: (random) => logNormal(random, 14 * minuteMs, 1.1),
    isKeptAlive: true,
  };
  const content = { postId: storyPostIds(world.prefix).organic, postType: 'video', category: 'music', language: 'en' } as const;
  plant(world, atShare(world, 0.55), { content, manner, shares });
}

const spineDepth = 34;

/** Slow and deep: whoever passes it on tells one person more, hours later, and a few aside. */
function plantRumour(world: World): void {
  const aside = Math.min(4, Math.max(0.2, world.events / 40_000));
  const manner: Manner = {
    ...usual,
    countShares: (random, post) => {
      if (!post.isSpine) return poisson(random, 0.3);
      return post.depth < spineDepth ? 1 + poisson(random, aside) : 0;
    },
    delayMs: (random) => logNormal(random, 4 * hourMs, 0.6),
    isKeptAlive: false,
  };
  const content = { postId: storyPostIds(world.prefix).rumour, postType: 'text', category: 'health', language: 'en' } as const;
  plant(world, atShare(world, 0.3), { content, manner, shares: 1_000 });
}
