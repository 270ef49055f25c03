import { between, chance, exponential } from '../chance/draw.ts';
import type { DemoBody, TimedEvent } from '../demo-event.ts';
import { chooseAccount } from '../people/choose-account.ts';
import type { Account } from '../people/describe-account.ts';
import { type FeedItem, pickFromFeed, type World } from '../world/world.ts';
import { writeEvent } from '../world/write-event.ts';
import { pickSource, viewPost } from './view-post.ts';

type Visitor = { readonly account: Account; atMs: number };

function later(world: World, visitor: Visitor, body: DemoBody): void {
  const { account, atMs } = visitor;
  world.queue.push(atMs, () => [writeEvent(world, { account, atMs }, body)]);
  visitor.atMs += exponential(world.random, 4_000) + 200;
}

function discover({ random }: World, seen: Parameters<typeof viewPost>[1], feedPosition: number): DemoBody {
  const { postId, source } = seen;
  const clickedThrough = chance(random, 0.45);
  const engaged = clickedThrough ? { timeToEngagementMs: between(random, 300, 20_000) } : {};
  return { eventName: 'post_discovered', data: { postId, source, feedPosition, clickedThrough, ...engaged } };
}

function isSameNetwork(left: Account, right: Account): boolean {
  return left.metadata.network === right.metadata.network;
}

/** What one person does with one post of the feed, one thing after the other. */
function lookAt(world: World, visitor: Visitor, item: FeedItem): void {
  const { random } = world;
  const seen = { postId: item.postId, postType: item.postType, source: pickSource(world) };
  const feedPosition = between(random, 0, 40);
  const place = { postId: item.postId, source: seen.source, feedPosition };
  if (chance(random, 0.3)) later(world, visitor, discover(world, seen, feedPosition));
  later(world, visitor, viewPost(world, seen));
  if (chance(random, 0.26)) {
    later(world, visitor, {
      eventName: 'post_like',
      data: { ...place, action: chance(random, 0.96) ? 'like' : 'unlike' },
    });
  }
  if (chance(random, 0.08)) {
    const commentId = `c_${item.postId}_${visitor.account.userId}_${Math.floor(visitor.atMs).toString(36)}`;
    later(world, visitor, {
      eventName: 'post_comment',
      data: { ...place, commentId, length: between(random, 2, 280) },
    });
  }
  if (chance(random, 0.06)) {
    later(world, visitor, {
      eventName: 'post_save',
      data: { ...place, action: chance(random, 0.95) ? 'save' : 'unsave' },
    });
  }
  if (chance(random, 0.07)) follow(world, visitor, item.author);
}

/** A user id belongs to its network, so people follow within theirs. */
function follow(world: World, visitor: Visitor, author: Account): void {
  if (author.userId === visitor.account.userId || !isSameNetwork(author, visitor.account)) return;
  const action = chance(world.random, 0.94) ? 'follow' : 'unfollow';
  later(world, visitor, { eventName: 'user_follow', data: { targetUserId: author.userId, action } });
}

/** One session: somebody opens the feed, looks at a few posts and leaves. */
export function visitFeed(world: World, atMs: number): readonly TimedEvent[] {
  const { account, registered } = chooseAccount(world, atMs);
  const visitor = { account, atMs };
  const items = 1 + Math.floor(exponential(world.random, 3.2));
  later(world, visitor, { eventName: 'session_start', data: { entryPath: '/home' } });
  for (let index = 0; index < items; index += 1) {
    const item = pickFromFeed(world);
    if (item !== undefined) lookAt(world, visitor, item);
  }
  const durationMs = Math.round(visitor.atMs - atMs);
  later(world, visitor, { eventName: 'session_end', data: { durationMs, pageViews: items } });
  return registered;
}
