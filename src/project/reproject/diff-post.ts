import { hashId } from '../../event/hash-id.ts';
import type { PostChange, ShareChange } from '../linking/graph-change.ts';
import type { PostTruth } from './post-truth.ts';
import type { StoredPost } from './stored-posts.ts';

/** In which way a post of the graph differs from what the facts say of it. */
export type Wrong =
  | 'post_missing'
  | 'post_unsent'
  | 'post_description'
  | 'edge_missing'
  | 'edge_doubled'
  | 'edge_moved'
  | 'edge_time'
  | 'edge_weight'
  | 'edge_method'
  | 'place';

/** Everything about one post that is not as its events say. Pure, and silent about a post that is being linked. */
export function diffPost(truth: PostTruth | undefined, stored: StoredPost | undefined): Wrong[] {
  const change = truth?.change ?? null;
  if (stored === undefined) return change !== null || typeof truth?.removedAt === 'number' ? ['post_missing'] : [];
  const isUndescribed = stored.state === 'stub' || stored.assumed;
  if (change === null) return isUndescribed ? diffStub(truth, stored) : ['post_unsent'];
  if (isUndescribed) return ['post_missing'];
  const described = isDescribed(change, truth?.removedAt ?? null, stored) ? [] : ['post_description' as const];
  const edges = change.kind === 'post' ? diffNoEdge(stored) : diffEdge(change, stored);
  const place = edges.length > 0 || isPlaced(change, stored) ? [] : ['place' as const];
  return [...described, ...edges, ...place];
}

/** A name that others use, or that was removed before it was made, is right to be there without an event of its own. */
function diffStub(truth: PostTruth | undefined, stored: StoredPost): Wrong[] {
  const removedAt = truth?.removedAt ?? null;
  if (stored.children === 0 && removedAt === null) return ['post_unsent'];
  const isRight = removedAt === stored.removedAt && stored.authors.length === 0 && hasHashes(stored);
  const place = stored.assumed && !isRoot(stored) ? ['place' as const] : [];
  return [...(isRight ? [] : ['post_description' as const]), ...diffNoEdge(stored), ...place];
}

function isDescribed(change: PostChange | ShareChange, removedAt: number | null, stored: StoredPost): boolean {
  const { authorId, createdAt, acceptSeq, eventId } = change;
  const isSame =
    stored.authorId === authorId &&
    stored.createdAt === createdAt &&
    stored.acceptSeq === acceptSeq &&
    stored.eventId === eventId &&
    stored.removedAt === removedAt;
  const [author, ...others] = stored.authors;
  const parentId = change.kind === 'share' ? change.parentId : null;
  const waitsRight = stored.waitsFor === (stored.state === 'pending' ? parentId : null);
  const claimsRight = stored.claimedParentId === (stored.state === 'quarantined' ? parentId : null);
  return isSame && author === authorId && others.length === 0 && waitsRight && claimsRight && hasHashes(stored);
}

function hasHashes(stored: StoredPost): boolean {
  const { h1, h2 } = hashId(stored.id);
  return stored.h1 === h1 && stored.h2 === h2;
}

function diffNoEdge(stored: StoredPost): Wrong[] {
  return stored.edges.length > 0 ? ['edge_doubled'] : [];
}

/** A quarantined share has given way in a ring and has no edge. */
function diffEdge(change: ShareChange, stored: StoredPost): Wrong[] {
  if (stored.state === 'quarantined') return diffNoEdge(stored);
  const [edge, ...others] = stored.edges;
  if (edge === undefined) return ['edge_missing'];
  if (others.length > 0) return ['edge_doubled'];
  if (edge.parentId !== change.parentId) return ['edge_moved'];
  const wrong: Wrong[] = [];
  if (edge.at !== change.createdAt) wrong.push('edge_time');
  if (edge.confidence !== change.confidence) wrong.push('edge_weight');
  if (edge.method !== change.method || edge.rootHint !== change.rootHint) wrong.push('edge_method');
  return wrong;
}

/** Whether root and depth are what the parent's place makes them; only asked of a post whose edges are right. */
export function isPlaced(change: PostChange | ShareChange, stored: StoredPost): boolean {
  if (stored.isMoving) return true;
  if (change.kind === 'post') return isRoot(stored);
  const { state, rootId, depth, linkSeq, parent } = stored;
  if (state === 'quarantined') return rootId === null && depth === null;
  if (parent === null) return false;
  if (parent.state !== 'linked') return state === 'pending' && rootId === null && depth === null;
  const isBelow = state === 'linked' && rootId === parent.rootId && depth === (parent.depth ?? 0) + 1;
  return isBelow && linkSeq !== null && linkSeq > (parent.linkSeq ?? 0);
}

function isRoot({ state, rootId, depth, linkSeq, id }: StoredPost): boolean {
  return state === 'linked' && rootId === id && depth === 0 && linkSeq !== null;
}
