import { chooseQuarantined, findRing } from './find-ring.ts';
import type { FollowChange, GraphChange, PostChange, RemovalChange, ShareChange } from './graph-change.ts';
import { newStub, type PostDraft } from './post-draft.ts';

export type Refusal = { acceptSeq: number; eventId: string; postId: string; code: 'post_id_taken' };

export type LinkPlan = {
  posts: Map<string, PostDraft>;
  follows: Map<string, FollowChange>;
  refusals: Refusal[];
  /** Posts that were linked while others may already wait for them. */
  work: Set<string>;
  /** Provisional roots that turned out to be shares: all their descendants wait again. */
  dissolved: Set<string>;
  /** Provisional roots whose own event came: lineage writes them anew, at this place in the link order. */
  rootChanges: Array<{ rootId: string; linkSeq: number }>;
  linkSeq: number;
};

export type LinkStart = { posts: Map<string, PostDraft>; dissolving: ReadonlySet<string>; linkSeq: number };

/**
 * Works out what a batch of changes does to the graph, from the posts it names and their pending ancestors.
 * Pure: the same posts and changes give the same plan. A share of a post in the batch is linked within the batch.
 */
export function linkBatch(start: LinkStart, changes: readonly GraphChange[]): LinkPlan {
  const plan: LinkPlan = {
    posts: start.posts,
    follows: new Map(),
    refusals: [],
    work: new Set(),
    dissolved: new Set(start.dissolving),
    rootChanges: [],
    linkSeq: start.linkSeq,
  };
  for (const change of changes) applyChange(plan, change);
  for (const rootId of start.dissolving) plan.dissolved.delete(rootId);
  return plan;
}

function applyChange(plan: LinkPlan, change: GraphChange): void {
  switch (change.kind) {
    case 'post':
      addOriginal(plan, change);
      break;
    case 'share':
      addShare(plan, change);
      break;
    case 'follow':
      addFollow(plan, change);
      break;
    case 'removal':
      addRemoval(plan, change);
      break;
  }
}

function addOriginal(plan: LinkPlan, change: PostChange): void {
  const post = draft(plan, change.postId);
  if (isTaken(plan, post, change)) return;
  const wasAssumed = post.assumed;
  if (post.state === 'stub') linkAsRoot(plan, post);
  describe(post, change);
  if (wasAssumed && post.stored) plan.rootChanges.push({ rootId: post.id, linkSeq: ++plan.linkSeq });
}

function addShare(plan: LinkPlan, change: ShareChange): void {
  const existed = plan.posts.has(change.postId);
  const post = draft(plan, change.postId);
  if (isTaken(plan, post, change)) return;
  const parent = parentOf(plan, change);
  if (post.assumed) plan.dissolved.add(post.id);
  describe(post, change);
  unlink(post);
  post.parentId = parent.id;
  post.rootHint = change.rootHint;
  post.edge = {
    childId: post.id,
    parentId: parent.id,
    at: change.createdAt,
    method: change.method,
    confidence: change.confidence,
    rootHint: change.rootHint,
  };
  const ring = existed ? findRing(plan.posts, post) : null;
  if (ring !== null) quarantine(chooseQuarantined(ring));
  else if (parent.state === 'linked' && !isDissolving(plan, parent)) linkBelow(plan, post, parent);
  else parent.awaited = true;
}

/** The parent, made a stub where it is unknown and a provisional root where the share calls it the root. */
function parentOf(plan: LinkPlan, change: ShareChange): PostDraft {
  const parent = draft(plan, change.parentId);
  if (parent.state === 'stub' && change.rootHint === parent.id) {
    linkAsRoot(plan, parent);
    parent.assumed = true;
  }
  return parent;
}

function addFollow(plan: LinkPlan, change: FollowChange): void {
  const pair = JSON.stringify([change.accountId, change.targetAccountId]);
  const known = plan.follows.get(pair);
  if (known === undefined || isLater(change, known)) plan.follows.set(pair, change);
}

/** Of two follows of one pair the later counts; the same time is settled by the event id in byte order. */
function isLater(left: FollowChange, right: FollowChange): boolean {
  if (left.at !== right.at) return left.at > right.at;
  return Buffer.compare(Buffer.from(left.eventId), Buffer.from(right.eventId)) > 0;
}

function addRemoval(plan: LinkPlan, change: RemovalChange): void {
  const post = draft(plan, change.postId);
  post.removedAt = Math.min(post.removedAt ?? change.at, change.at);
  post.changed = true;
}

function draft(plan: LinkPlan, postId: string): PostDraft {
  const known = plan.posts.get(postId);
  if (known !== undefined) return known;
  const stub = newStub(postId);
  plan.posts.set(postId, stub);
  return stub;
}

/** The first in accept order stays; the other is refused. The same event once more is no conflict and leaves no trace. */
function isTaken(plan: LinkPlan, post: PostDraft, change: PostChange | ShareChange): boolean {
  if (post.state === 'stub' || post.assumed) return false;
  if (post.eventId !== change.eventId) refuse(plan, change, post);
  return true;
}

function refuse(plan: LinkPlan, change: PostChange | ShareChange, post: PostDraft): void {
  plan.refusals.push({ acceptSeq: change.acceptSeq, eventId: change.eventId, postId: post.id, code: 'post_id_taken' });
}

function describe(post: PostDraft, change: PostChange | ShareChange): void {
  post.authorId = change.authorId;
  post.createdAt = change.createdAt;
  post.acceptSeq = change.acceptSeq;
  post.eventId = change.eventId;
  post.assumed = false;
  post.authored = true;
  post.changed = true;
}

function unlink(post: PostDraft): void {
  post.state = 'pending';
  post.rootId = null;
  post.depth = null;
  post.linkSeq = null;
  post.changed = true;
}

function isDissolving(plan: LinkPlan, post: PostDraft): boolean {
  return post.rootId !== null && plan.dissolved.has(post.rootId);
}

function linkAsRoot(plan: LinkPlan, post: PostDraft): void {
  link(plan, post, { rootId: post.id, depth: 0 });
}

function linkBelow(plan: LinkPlan, post: PostDraft, parent: PostDraft): void {
  link(plan, post, { rootId: parent.rootId ?? parent.id, depth: (parent.depth ?? 0) + 1 });
}

function link(plan: LinkPlan, post: PostDraft, place: { rootId: string; depth: number }): void {
  post.state = 'linked';
  post.rootId = place.rootId;
  post.depth = place.depth;
  post.linkSeq = ++plan.linkSeq;
  post.changed = true;
  if (post.awaited) plan.work.add(post.id);
}

/** The ring is cut at this share; the others keep waiting for it. */
function quarantine(post: PostDraft): void {
  unlink(post);
  post.state = 'quarantined';
  post.claimedParentId = post.parentId;
  post.parentId = null;
  post.edge = null;
  post.cut = post.stored;
}
