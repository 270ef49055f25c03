import { Digests } from '../posts/digests.ts';
import { type Expected, isAsked, rootIdOf } from '../posts/expected.ts';
import { states } from '../posts/walk-posts.ts';
import { judgePlace } from './judge-node.ts';
import { type GraphWalk, noteMoving } from './walk-graph.ts';

/** What can be told once every post of the graph was seen. */
export function endGraphWalk(expected: Expected, walk: GraphWalk): void {
  judgeMissing(expected, walk);
  judgeWaiting(expected, walk);
  judgeRings(expected, walk);
}

function judgeMissing(expected: Expected, { seen }: GraphWalk): void {
  const { standing, places, look, size } = expected;
  for (let place = 0; place < size; place += 1) {
    if (places.known[place] !== 1 || seen[place] === 1 || !isAsked(expected, place)) continue;
    look.look('every event that makes a post is one node');
    look.suspect('every event that makes a post is one node', standing.table.id(place), 'a node', 'none');
  }
}

/** A post that waits although its root is known is on its way while somebody above it is named as work. */
function judgeWaiting(expected: Expected, walk: GraphWalk): void {
  const { standing, work } = expected;
  for (const post of walk.waiting) {
    const place = standing.table.find(post.id);
    const top = standing.table.id(topOf(walk, place));
    if (work.linking.has(top) || work.dissolving.has(top)) noteMoving(expected, walk, place, post);
    else judgePlace(expected, place, post);
  }
}

/** The first post above that does not wait. Rings end at the post itself. */
function topOf({ parent, state }: GraphWalk, from: number): number {
  let post = from;
  for (let step = 0; step < parent.length && state[post] === states.pending; step += 1) {
    const above = parent[post] ?? -1;
    if (above < 0 || above === from) break;
    post = above;
  }
  return post;
}

const done = 1;
const onTheWay = 2;

/** Follows every edge once; a walk that comes back to itself has found a ring. */
function judgeRings({ standing, look, size }: Expected, { parent, seen }: GraphWalk): void {
  const marks = new Uint8Array(size);
  for (let from = 0; from < size; from += 1) {
    if (seen[from] !== 1) continue;
    look.look('edges close no ring');
    const way: number[] = [];
    let post = from;
    while (post >= 0 && post < size && (marks[post] ?? 0) === 0) {
      marks[post] = onTheWay;
      way.push(post);
      post = parent[post] ?? -1;
    }
    if (post >= 0 && post < size && marks[post] === onTheWay) {
      const ring = way.slice(way.indexOf(post)).map((member) => standing.table.id(member));
      look.suspect('edges close no ring', ring.toSorted()[0] ?? '', 'no ring', ring.join(' <- '));
    }
    for (const member of way) marks[member] = done;
  }
}

/** The facts' side of the digests, from the events and the walk over them. */
export function digestEvents(expected: Expected): Digests {
  const { standing, places, scope, size } = expected;
  const { table } = standing;
  const digests = new Digests();
  for (let place = 0; place < size; place += 1) {
    const rootId = rootIdOf(expected, place);
    const depth = places.depth[place] ?? 0;
    const seq = table.acceptSeq.get(place);
    if (rootId === null || depth === 0 || seq < scope.firstSeq || seq > scope.lastSeq) continue;
    if (scope.rootId !== null && rootId !== scope.rootId) continue;
    digests.addPost(rootId, {
      id: table.id(place),
      parentId: table.id(table.parent.get(place)),
      depth,
      at: table.at.get(place),
    });
  }
  return digests;
}

/** Both sides, cascade by cascade. */
export function judgeDigests(expected: Expected, walk: GraphWalk, facts: Digests): void {
  const { look, scope } = expected;
  for (const rootId of new Set([...facts.roots(), ...walk.digests.roots()])) {
    if (walk.movingRoots.has(rootId) || (scope.rootId !== null && rootId !== scope.rootId)) continue;
    look.look('digests of every cascade are equal in both stores');
    const [wanted, found] = [facts.get(rootId), walk.digests.get(rootId)];
    if (wanted !== found) look.suspect('digests of every cascade are equal in both stores', rootId, wanted, found);
  }
}
