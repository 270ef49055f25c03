import { chooseAccount } from '../people/choose-account.ts';
import type { Account } from '../people/describe-account.ts';
import { type Content, createPost } from '../posts/create-post.ts';
import { type Manner, spreadPost } from '../posts/spread-post.ts';
import type { World } from '../world/world.ts';
import { writeEvent } from '../world/write-event.ts';

export type Story = {
  readonly content: Content;
  readonly manner: Manner;
  readonly shares: number;
  /** When its post is written, as a fraction of the whole span. */
  readonly startsAt: number;
};

/** Accounts and devices as everybody else has them. */
export const ordinaryPeople = { chooseSharer: chooseAccount, metadata: (account: Account) => account.metadata };

/** Half of the shares come with a view, and two in five with a registration. */
const eventsPerShare = 1.9;

export function momentOf(world: World, fraction: number): number {
  return world.startAtMs + fraction * (world.endAtMs - world.startAtMs);
}

export function plantStory(world: World, { content, manner, shares, startsAt }: Story): void {
  const atMs = momentOf(world, startsAt);
  world.reserved += shares * eventsPerShare;
  world.queue.push(atMs, () => {
    world.reserved -= shares * eventsPerShare;
    const { account, registered } = manner.chooseSharer(world, atMs);
    const created = writeEvent(
      world,
      { account, atMs, metadata: manner.metadata(account) },
      createPost(world, content),
    );
    const cascade = { content, manner, sharesLeft: shares, waiting: 0 };
    spreadPost(world, cascade, { postId: content.postId, author: account, depth: 0, isSpine: true }, atMs);
    return [...registered, created];
  });
}
