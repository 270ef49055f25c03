import { accountOf } from '../load/history.ts';
import type { LoadEvent } from '../load/make-batches.ts';

/** An event that was accepted, with its place in the accept order. */
export type AcceptedEvent = { readonly seq: number; readonly event: LoadEvent };

export type ModelPost = {
  id: string;
  state: 'linked' | 'pending' | 'quarantined' | 'stub';
  seq: number | null;
  authorId: string | null;
  createdAtMs: number | null;
  /** What it names as its parent; the edge is there unless the post is quarantined. */
  parentId: string | null;
  rootHint: string | null;
  rootId: string | null;
  depth: number | null;
  assumed: boolean;
  removedAtMs: number | null;
};

export type Model = {
  posts: ReadonlyMap<string, ModelPost>;
  /** Accept numbers of events whose post was taken. */
  taken: ReadonlySet<number>;
  /** The latest word on each pair: true while it follows. */
  follows: ReadonlyMap<string, { follows: boolean; atMs: number; eventId: string }>;
};

/** What the events say, worked out in the plainest way: all posts first, then rings, then every climb to a root. */
export function makeModel(accepted: readonly AcceptedEvent[]): Model {
  const posts = new Map<string, ModelPost>();
  const taken = new Set<number>();
  const follows = new Map<string, { follows: boolean; atMs: number; eventId: string }>();
  for (const { seq, event } of accepted.toSorted((left, right) => left.seq - right.seq)) {
    if (event.eventName === 'user_follow') addFollow(follows, event);
    else addPost(posts, taken, { seq, event });
  }
  addParents(posts);
  addRemovals(posts, accepted);
  quarantineRings(posts);
  place(posts);
  return { posts, taken, follows };
}

function addPost(posts: Map<string, ModelPost>, taken: Set<number>, { seq, event }: AcceptedEvent): void {
  const { eventName, data } = event;
  if (eventName !== 'post_created' && eventName !== 'post_share') return;
  const isShare = eventName === 'post_share';
  const id = isShare ? (text(data['shareId']) ?? event.eventId) : (text(data['postId']) ?? '');
  if (posts.has(id)) {
    taken.add(seq);
    return;
  }
  posts.set(id, {
    ...stub(id),
    state: 'pending',
    seq,
    authorId: accountOf(event),
    createdAtMs: Date.parse(event.timestamp),
    parentId: isShare ? text(data['postId']) : null,
    rootHint: isShare ? text(data['rootPostId']) : null,
  });
}

function stub(id: string): ModelPost {
  const unknown = { seq: null, authorId: null, createdAtMs: null, parentId: null, rootHint: null };
  return { id, state: 'stub', ...unknown, rootId: null, depth: null, assumed: false, removedAtMs: null };
}

/** A parent that never came is a stub, or stands in for a root where a share of it calls it the root. */
function addParents(posts: Map<string, ModelPost>): void {
  for (const { parentId, rootHint } of posts.values()) {
    if (parentId === null) continue;
    const parent = posts.get(parentId) ?? stub(parentId);
    posts.set(parentId, parent);
    if (parent.seq === null && rootHint === parentId) parent.assumed = true;
  }
}

function addRemovals(posts: Map<string, ModelPost>, accepted: readonly AcceptedEvent[]): void {
  for (const { event } of accepted) {
    if (event.eventName !== 'post_deleted') continue;
    const id = text(event.data['postId']) ?? '';
    const post = posts.get(id) ?? stub(id);
    posts.set(id, post);
    const atMs = Date.parse(event.timestamp);
    post.removedAtMs = Math.min(post.removedAtMs ?? atMs, atMs);
  }
}

/** Each post names one parent at most, so each is in one ring at most. */
function quarantineRings(posts: ReadonlyMap<string, ModelPost>): void {
  const done = new Set<string>();
  for (const start of posts.values()) {
    const walked = new Set<ModelPost>();
    let post: ModelPost | undefined = start;
    while (post !== undefined && !done.has(post.id) && !walked.has(post)) {
      walked.add(post);
      post = post.parentId === null ? undefined : posts.get(post.parentId);
    }
    if (post !== undefined && walked.has(post)) quarantine(ringFrom(posts, post));
    for (const { id } of walked) done.add(id);
  }
}

function ringFrom(posts: ReadonlyMap<string, ModelPost>, start: ModelPost): ModelPost[] {
  const ring = [start];
  for (let post = posts.get(start.parentId ?? ''); post !== undefined && post !== start; ) {
    ring.push(post);
    post = posts.get(post.parentId ?? '');
  }
  return ring;
}

function quarantine(ring: readonly ModelPost[]): void {
  const [last] = ring.toSorted(
    (left, right) =>
      (right.createdAtMs ?? 0) - (left.createdAtMs ?? 0) || Buffer.compare(Buffer.from(right.id), Buffer.from(left.id)),
  );
  if (last !== undefined) last.state = 'quarantined';
}

function place(posts: ReadonlyMap<string, ModelPost>): void {
  for (const start of posts.values()) {
    const below: ModelPost[] = [];
    let post: ModelPost | undefined = start;
    while (post !== undefined && post.depth === null && post.parentId !== null && post.state !== 'quarantined') {
      below.push(post);
      post = posts.get(post.parentId);
    }
    if (post === undefined || !isRootOrPlaced(post)) continue;
    if (post.depth === null) link(post, post.id, 0);
    for (const share of below.toReversed()) {
      const parent = posts.get(share.parentId ?? '');
      if (parent !== undefined) link(share, parent.rootId ?? parent.id, (parent.depth ?? 0) + 1);
    }
  }
}

function isRootOrPlaced({ depth, parentId, seq, assumed, state }: ModelPost): boolean {
  if (depth !== null) return true;
  return parentId === null && state !== 'quarantined' && (seq !== null || assumed);
}

function link(post: ModelPost, rootId: string, depth: number): void {
  post.state = 'linked';
  post.rootId = rootId;
  post.depth = depth;
}

function addFollow(follows: Map<string, { follows: boolean; atMs: number; eventId: string }>, event: LoadEvent): void {
  const network = event.metadata?.network ?? 'default';
  const target = text(event.data['targetUserId']) ?? '';
  const pair = `${accountOf(event)} ${network === 'default' ? target : `${network}:${target}`}`;
  const next = {
    follows: event.data['action'] === 'follow',
    atMs: Date.parse(event.timestamp),
    eventId: event.eventId,
  };
  const known = follows.get(pair);
  const isLater =
    known === undefined ||
    next.atMs > known.atMs ||
    (next.atMs === known.atMs && Buffer.compare(Buffer.from(next.eventId), Buffer.from(known.eventId)) > 0);
  if (isLater) follows.set(pair, next);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
