import { generateEvents } from '../../src/demo/generate-events.ts';

const startMs = Date.now() - 3_600_000;

type Extra = { rootPostId?: string; eventId?: string; method?: string; confidence?: number; atMs?: number };

export function original(postId: string, eventId = `e-${postId}`, atMs = startMs): object {
  return { eventId, eventName: 'post_created', userId: `u-${postId}`, timestamp: atMs, data: { postId } };
}

export function share(postId: string, shareId: string, extra: Extra = {}): object {
  const { eventId = `e-${shareId}`, atMs = startMs + 1000, ...rest } = extra;
  const data = { postId, shareId, ...rest };
  return { eventId, eventName: 'post_share', userId: `u-${shareId}`, timestamp: atMs, data };
}

export function removal(postId: string): object {
  return { eventId: `gone-${postId}`, eventName: 'post_deleted', userId: 'mod', timestamp: startMs, data: { postId } };
}

export function follow(from: string, to: string, eventId: string, action = 'follow'): object {
  const data = { targetUserId: to, action };
  return { eventId, eventName: 'user_follow', userId: from, timestamp: startMs, data };
}

/** Everything that can happen to a post, in small: each entry is one request. */
export function* tellStory(): Generator<object[]> {
  const month = [...generateEvents({ seed: 5, events: 3000, endAtMs: startMs + 3_600_000, prefix: 'v-' })];
  for (let from = 0; from < month.length; from += 500) yield month.slice(from, from + 500);
  // Children before their parents, the root last.
  yield [share('late-2', 'late-3'), share('late-1', 'late-2', { method: 'deeplink', confidence: 0.75 })];
  yield [share('late-0', 'late-1', { rootPostId: 'late-0' }), share('late-3', 'late-4')];
  yield [original('late-0')];
  // A provisional root that turns out to be a share, one that gets its own event, and one that never does.
  yield [share('was-root', 'below', { rootPostId: 'was-root' }), share('below', 'further')];
  yield [share('late-0', 'was-root')];
  yield [share('became-root', 'b1', { rootPostId: 'became-root' }), original('became-root')];
  yield [share('never-told', 'n1', { rootPostId: 'never-told' }), share('n1', 'n2')];
  // A ring, a share whose parent never comes, and one below both.
  yield [share('ring-c', 'ring-a'), share('ring-a', 'ring-b'), share('ring-b', 'ring-c', { atMs: startMs + 9000 })];
  yield [share('ring-b', 'hangs'), share('nowhere', 'waits'), share('waits', 'waits-too')];
  // A post id taken twice, in two requests and in two orders.
  yield [original('twice')];
  yield [share('late-0', 'twice', { eventId: 'too-late' }), original('twice', 'too-late-2')];
  yield [removal('late-2'), removal('only-removed'), follow('ann', 'bob', 'f1'), follow('bob', 'ann', 'f2')];
  yield [follow('ann', 'bob', 'f3', 'unfollow'), follow('cid', 'bob', 'f4')];
}

/** Old events whose ids the door forgets, and the same again later: one repeated, one changed. */
export const forgotten = {
  first: [
    original('old-post', 'old-1', 1_600_000_000_000),
    share('old-post', 'old-share', { eventId: 'old-2', atMs: 1_600_000_001_000 }),
  ],
  again: [
    original('old-post', 'old-1', 1_600_000_000_000),
    share('late-0', 'other-share', { eventId: 'old-2', atMs: 1_600_000_001_000 }),
  ],
};
