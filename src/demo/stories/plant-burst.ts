import { between, chance } from '../chance/draw.ts';
import type { DemoMetadata } from '../demo-event.ts';
import { type Account, describeAccount } from '../people/describe-account.ts';
import { registerAccount } from '../people/register-account.ts';
import type { World } from '../world/world.ts';
import { momentOf, plantStory } from './plant-story.ts';
import { storyPosts } from './story-posts.ts';

/** Numbers of accounts that nobody else in the demo is given. */
const firstHiredAccount = 3_000_000_000;
const startsAt = 0.7;
const registrationMs = 6 * 60_000;
const headStartMs = 40 * 60_000;

/** One farm of phones: whoever the account claims to be, the device and the version are the same. */
function farmMetadata({ metadata }: Account): DemoMetadata {
  const { browser: _none, network: _default, ...rest } = metadata;
  return {
    ...rest,
    platform: 'android',
    osVersion: '11',
    appVersion: '4.9.2',
    deviceType: 'phone',
    networkType: 'wifi',
  };
}

function hire(world: World, count: number): void {
  const fromMs = momentOf(world, startsAt) - headStartMs;
  for (let index = 0; index < count; index += 1) {
    const atMs = fromMs + between(world.random, 0, registrationMs);
    const account = hiredAccount(world, index);
    world.queue.push(atMs, () => [registerAccount(world, { account, atMs, metadata: farmMetadata(account) })]);
  }
}

function hiredAccount(world: World, index: number): Account {
  const account = describeAccount(world.seed, firstHiredAccount + index, world.prefix);
  return { ...account, followers: 0, following: 1, metadata: farmMetadata(account) };
}

/** Coordinated: new accounts share one post within two minutes, nearly all of them straight from the root. */
export function plantBurst(world: World): void {
  const shares = Math.min(2_000, Math.max(20, Math.floor(world.events * 0.008)));
  const direct = Math.floor(shares * 0.95);
  let hired = 0;
  hire(world, shares + 1);
  plantStory(world, {
    content: { postId: storyPosts(world.prefix).burst, postType: 'article', category: 'news', language: 'en' },
    manner: {
      chooseSharer: () => {
        hired += 1;
        return { account: hiredAccount(world, hired - 1), registered: [] };
      },
      metadata: farmMetadata,
      countShares: (random, { depth }) => (depth === 0 ? direct : Number(depth === 1 && chance(random, 0.1))),
      delayMs: (random, { depth }) => between(random, 3_000, depth === 0 ? 90_000 : 15_000),
      isKeptAlive: false,
    },
    shares,
    startsAt,
  });
}
