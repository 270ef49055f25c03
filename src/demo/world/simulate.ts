import { between, exponential } from '../chance/draw.ts';
import type { TimedEvent } from '../demo-event.ts';
import { publishPost } from '../posts/publish-post.ts';
import { visitFeed } from '../posts/visit-feed.ts';
import type { Step, World } from './world.ts';

const postsPerEvent = 0.02;
/** Means over long runs, good enough to share out what is left between the visits still to come. */
const eventsPerPost = 13;
const eventsPerVisit = 10;
const longestPauseMs = 12 * 3_600_000;

function keepPublishing(world: World, atMs: number): void {
  const meanPauseMs = (world.endAtMs - world.startAtMs) / Math.max(1, world.events * postsPerEvent);
  const nextAtMs = atMs + exponential(world.random, meanPauseMs);
  world.queue.push(nextAtMs, () => {
    keepPublishing(world, nextAtMs);
    return publishPost(world, nextAtMs);
  });
}

/** Visits fill what posts and stories leave, evenly over the time that remains: so the last event comes when the span ends. */
function pauseBeforeVisit(world: World, atMs: number): number {
  const remainingMs = Math.max(1, world.endAtMs - atMs);
  const remainingShare = remainingMs / (world.endAtMs - world.startAtMs);
  const forPosts = world.events * postsPerEvent * eventsPerPost * remainingShare;
  const forVisits = world.events - world.emitted - world.queue.size() - world.reserved - forPosts;
  const visits = Math.max(1, forVisits / eventsPerVisit);
  return Math.min(longestPauseMs, exponential(world.random, remainingMs / visits));
}

function keepVisiting(world: World, atMs: number): void {
  const nextAtMs = atMs + pauseBeforeVisit(world, atMs);
  world.queue.push(nextAtMs, () => {
    keepVisiting(world, nextAtMs);
    return visitFeed(world, nextAtMs);
  });
}

/** When the span ends before the number of events is reached, more people than usual come by in its last hour. */
function nextStep(world: World): Step {
  if (world.queue.nextAtMs() > world.endAtMs)
    return () => visitFeed(world, world.endAtMs - between(world.random, 60_000, 3_600_000));
  return world.queue.pop() ?? (() => []);
}

/** Exactly as many events as asked for, in the order of their times (a visit's view or registration is told with what it led to). */
export function* simulate(world: World): Generator<TimedEvent> {
  keepPublishing(world, world.startAtMs);
  keepVisiting(world, world.startAtMs);
  while (world.emitted < world.events) {
    const happened = nextStep(world)();
    for (const timed of happened.slice(0, world.events - world.emitted)) {
      world.emitted += 1;
      yield timed;
    }
  }
}
