import { hashId } from '../../event/hash-id.ts';
import { Digests } from '../posts/digests.ts';
import { type Expected, isConcerned, rootIdOf } from '../posts/expected.ts';
import { stateOf, states } from '../posts/walk-posts.ts';
import type { GraphPost } from './graph-posts.ts';
import { judgeEdge, judgeNode, judgePlace } from './judge-node.ts';

/** What a pass over the graph's posts leaves behind, by place. */
export type GraphWalk = {
  seen: Uint8Array;
  parent: Int32Array;
  state: Uint8Array;
  digests: Digests;
  /** Posts that should be linked and still wait: whether their linking is on its way is told when all posts were seen. */
  waiting: GraphPost[];
  /** Cascades in which something is on its way; their digests are not compared. */
  movingRoots: Set<string>;
};

export function beginGraphWalk({ size }: Expected): GraphWalk {
  return {
    seen: new Uint8Array(size),
    parent: new Int32Array(size).fill(-1),
    state: new Uint8Array(size),
    digests: new Digests(),
    waiting: [],
    movingRoots: new Set(),
  };
}

/** `placed` tells which posts lineage has. */
export function seePost(expected: Expected, walk: GraphWalk, post: GraphPost, placed: Int32Array): void {
  const { standing, look, upTo, work } = expected;
  // A later event made it what it is.
  if ((post.acceptSeq ?? 0) > upTo.acceptSeq) return;
  const place = standing.table.find(post.id);
  look.look('nothing is in the graph that no event made');
  if (place < 0 || place >= expected.size || expected.places.known[place] !== 1) {
    look.suspect('nothing is in the graph that no event made', post.id, 'no such post', post.state);
    return;
  }
  walk.seen[place] = 1;
  walk.state[place] = stateOf(post.state ?? '');
  walk.parent[place] = standing.table.find(post.edges[0]?.parentId ?? '');
  if (!isConcerned(expected, place, post.rootId)) return;
  judgeNode(expected, place, post);
  judgeEdge(expected, place, post);
  addDigest(expected, walk, post);
  if (isBeingMoved(expected, post)) {
    noteMoving(expected, walk, place, post);
  } else if (expected.places.state[place] === states.linked && post.state === 'pending' && isAtWork(work)) {
    walk.waiting.push(post);
  } else judgePlace(expected, place, post);
  judgeMirrored(expected, place, post, placed);
}

function isAtWork({ linking, dissolving }: Expected['work']): boolean {
  return linking.size + dissolving.size > 0;
}

/** Its cascade is being taken apart, so it stands where it stood before. */
function isBeingMoved({ work }: Expected, { rootId }: GraphPost): boolean {
  return rootId !== null && work.dissolving.has(rootId);
}

export function noteMoving(expected: Expected, walk: GraphWalk, place: number, post: GraphPost): void {
  for (const rootId of [rootIdOf(expected, place), post.rootId]) if (rootId !== null) walk.movingRoots.add(rootId);
}

function addDigest({ scope }: Expected, { digests }: GraphWalk, post: GraphPost): void {
  const { rootId, depth, createdAt, acceptSeq } = post;
  if (rootId === null || depth === null || depth === 0 || acceptSeq === null) return;
  if (acceptSeq < scope.firstSeq || acceptSeq > scope.lastSeq) return;
  for (const { parentH2, parentId } of post.edges) {
    const h1 = post.h1 ?? hashId(post.id).h1;
    digests.add(rootId, { h1, parentH2: parentH2 ?? hashId(parentId).h2, depth, at: createdAt ?? 0 });
  }
  if (post.edges.length === 0) digests.add(rootId, { h1: 0, parentH2: 0, depth, at: 0 });
}

/** What was linked before the mirror's place has its row in lineage. */
function judgeMirrored(
  { look, places, upTo, work }: Expected,
  place: number,
  post: GraphPost,
  placed: Int32Array,
): void {
  if (post.state !== 'linked' || places.state[place] !== states.linked) return;
  if (post.linkSeq === null || post.linkSeq > upTo.linkSeq) return;
  look.look('lineage has one row a linked post');
  if ((placed[place] ?? -1) >= 0) return;
  if (post.rootId !== null && (work.changed.has(post.rootId) || work.dissolving.has(post.rootId))) return;
  look.suspect('lineage has one row a linked post', post.id, '1 row', '0 rows');
}
