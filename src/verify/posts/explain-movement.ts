import type { GraphWalk } from '../graph/walk-graph.ts';
import { type Positions, readPositions, watermarkEntry } from '../read-positions.ts';
import type { VerifyDeps } from '../verify-deps.ts';
import { type Expected, rootIdOf } from './expected.ts';
import { loadLogEvents } from './load-events.ts';
import { type Places, walkPosts } from './walk-posts.ts';

/**
 * While the graph was read it went on. What was accepted beyond the watermark, up to where the graph stands now, is read
 * from the log; a post that those events place elsewhere proves nothing and is left out of this look.
 */
export async function explainMovement(
  deps: VerifyDeps,
  expected: Expected,
  before: Positions,
  walk: GraphWalk,
): Promise<Positions> {
  const after = await readPositions(deps);
  const lastSeq = after.graph.seq;
  if (lastSeq <= expected.upTo.acceptSeq) return after;
  const { standing, look, places, size } = expected;
  const kinds = new Uint8Array(size);
  for (let place = 0; place < size; place += 1) kinds[place] = standing.table.kind.get(place);
  const removed = new Map(standing.table.removedAt);
  await loadLogEvents(deps, standing, { after: watermarkEntry(before), lastSeq });
  const later = walkPosts(standing.table);
  const isMoved = (place: number) =>
    place >= size ||
    placesDiffer(places, later, place) ||
    kinds[place] !== standing.table.kind.get(place) ||
    removed.get(place) !== standing.table.removedAt.get(place);
  for (let place = 0; place < size; place += 1) {
    if (!isMoved(place)) continue;
    const root = later.root[place] ?? -1;
    if (root >= 0) walk.movingRoots.add(standing.table.id(root));
    const rootId = rootIdOf(expected, place);
    if (rootId !== null) walk.movingRoots.add(rootId);
  }
  look.excuse((subject) => {
    const place = standing.table.find(subject);
    return place >= 0 && isMoved(place);
  });
  return after;
}

function placesDiffer(earlier: Places, later: Places, place: number): boolean {
  return (
    earlier.state[place] !== later.state[place] ||
    earlier.root[place] !== later.root[place] ||
    earlier.depth[place] !== later.depth[place] ||
    earlier.known[place] !== later.known[place] ||
    earlier.assumed[place] !== later.assumed[place]
  );
}
