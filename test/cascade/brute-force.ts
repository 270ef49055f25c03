import { type Node, placesAbove } from './tree.ts';

/** The measures of a cascade by their definitions, as slow as they come and sharing nothing with the code under test. */
export function bruteForce(nodes: readonly Node[]) {
  const ancestors = nodes.map((_, place) => placesAbove(nodes, place));
  const depths = ancestors.map((above) => above.length);
  const direct = nodes.map((_, place) => nodes.filter(({ parent }) => parent === place).length);
  const histogram = Array.from({ length: Math.max(...depths) + 1 }, (_, level) => placesAt(depths, level).length);
  const wiener = sumOfDistances(nodes);
  const size = nodes.length;
  const times = nodes.map(({ timeMs }) => timeMs).sort((a, b) => a - b);
  const shareTimes = nodes.slice(1).map(({ timeMs }) => timeMs);
  return {
    size,
    accounts: new Set(nodes.map(({ account }) => account)).size,
    depth: Math.max(...depths),
    meanDepth: depths.reduce((sum, depth) => sum + depth, 0) / size,
    maxBreadth: Math.max(...histogram),
    histogram,
    wiener,
    virality: size < 2 ? null : (2 * wiener) / (size * (size - 1)),
    leafFraction: direct.filter((shares) => shares === 0).length / size,
    broadcastRatio: size < 2 ? null : (histogram[1] ?? 0) / (size - 1),
    mostDirect: Math.max(...direct),
    firstMs: size < 2 ? null : Math.min(...shareTimes),
    lastMs: size < 2 ? null : Math.max(...shareTimes),
    subtreeSizes: nodes.map((_, place) => 1 + ancestors.filter((above) => above.includes(place)).length),
    firstAtDepth: histogram.map((_, level) => Math.min(...placesAt(depths, level).map((at) => nodes[at]?.timeMs ?? 0))),
    accountsAtDepth: histogram.map((_, level) => new Set(placesAt(depths, level).map((at) => nodes[at]?.account)).size),
    timeToSize: [2, 10, 100].filter((k) => k <= size).map((k) => ({ size: k, atMs: times[k - 1] ?? 0 })),
  };
}

function placesAt(depths: readonly number[], level: number): number[] {
  return depths.flatMap((depth, place) => (depth === level ? [place] : []));
}

/** Distances between all pairs, by a walk over the whole tree from every post. */
function sumOfDistances(nodes: readonly Node[]): number {
  const neighbours: number[][] = nodes.map(() => []);
  for (const [place, { parent }] of nodes.entries()) {
    if (parent < 0) continue;
    neighbours[place]?.push(parent);
    neighbours[parent]?.push(place);
  }
  let twice = 0;
  for (const start of nodes.keys()) twice += walk(neighbours, start);
  return twice / 2;
}

function walk(neighbours: readonly number[][], start: number): number {
  const distance = new Map([[start, 0]]);
  let sum = 0;
  for (const [at, steps] of distance) {
    sum += steps;
    for (const next of neighbours[at] ?? []) if (!distance.has(next)) distance.set(next, steps + 1);
  }
  return sum;
}
