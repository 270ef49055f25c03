import { countEach, type Node, placesAbove } from './tree.ts';

/** The measures of a cascade by their definitions, sharing nothing with the code under test. */
export function bruteForce(nodes: readonly Node[]) {
  const above = nodes.map((_, place) => placesAbove(nodes, place));
  const levels = placesByDepth(above);
  const direct = countEach(
    nodes,
    nodes.map(({ parent }) => (parent < 0 ? [] : [parent])),
  );
  const histogram = levels.map((places) => places.length);
  const wiener = sumOfDistances(nodes);
  const size = nodes.length;
  const times = nodes.map(({ timeMs }) => timeMs).sort((a, b) => a - b);
  const shareTimes = nodes.slice(1).map(({ timeMs }) => timeMs);
  return {
    size,
    accounts: new Set(nodes.map(({ account }) => account)).size,
    depth: levels.length - 1,
    meanDepth: above.reduce((sum, places) => sum + places.length, 0) / size,
    maxBreadth: Math.max(...histogram),
    histogram,
    wiener,
    virality: size < 2 ? null : (2 * wiener) / (size * (size - 1)),
    leafFraction: direct.filter((shares) => shares === 0).length / size,
    broadcastRatio: size < 2 ? null : (histogram[1] ?? 0) / (size - 1),
    mostDirect: Math.max(...direct),
    firstMs: size < 2 ? null : Math.min(...shareTimes),
    lastMs: size < 2 ? null : Math.max(...shareTimes),
    subtreeSizes: countEach(nodes, above).map((below) => below + 1),
    firstAtDepth: levels.map((places) => Math.min(...places.map((place) => nodes[place]?.timeMs ?? 0))),
    accountsAtDepth: levels.map((places) => new Set(places.map((place) => nodes[place]?.account)).size),
    timeToSize: [2, 10, 100, 1000].filter((k) => k <= size).map((k) => ({ size: k, atMs: times[k - 1] ?? 0 })),
  };
}

function placesByDepth(above: readonly number[][]): number[][] {
  const levels: number[][] = [];
  for (const [place, { length }] of above.entries()) {
    levels[length] ??= [];
    levels[length].push(place);
  }
  return levels;
}

/** Distances between all pairs: a post is one step farther from every earlier post than its parent is. */
function sumOfDistances(nodes: readonly Node[]): number {
  const size = nodes.length;
  const distance = new Uint16Array(size * size);
  let sum = 0;
  for (let place = 1; place < size; place += 1) {
    const parent = nodes[place]?.parent ?? 0;
    for (let earlier = 0; earlier < place; earlier += 1) {
      const steps = (distance[parent * size + earlier] ?? 0) + 1;
      distance[place * size + earlier] = steps;
      distance[earlier * size + place] = steps;
      sum += steps;
    }
  }
  return sum;
}
