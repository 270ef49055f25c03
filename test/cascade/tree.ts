import fc from 'fast-check';
import { appendRows, type ColumnRows, type Columns, createColumns } from '../../src/cascade/columns/columns.ts';

/** A post of a test's tree; `parent` is the place of its parent, -1 for the root. */
export type Node = { parent: number; timeMs: number; account: number };

/** How many of the newest posts a parent is drawn from: one makes chains, all of them makes flat trees. */
const reaches = [[1], [1, 1, 1, 1, 1, 1, 1, 2, 10], [1, 2, 10, 1e9], [10], [100, 1e9], [1e9]];

/**
 * Trees of many forms, all orders of size alike: a size, a form and the start of a row of random numbers are
 * drawn, so that a failing tree shrinks to its first posts.
 */
export function arbitraryTree(maxNodes: number, minNodes = 1): fc.Arbitrary<Node[]> {
  const drawn = {
    size: fc.nat(1000).map((part) => Math.round(minNodes * (maxNodes / minNodes) ** (part / 1000))),
    reach: fc.constantFrom(...reaches),
    seed: fc.nat(),
  };
  return fc.record(drawn).map(({ size, reach, seed }) => {
    const random = randomFrom(seed);
    return Array.from({ length: size }, (_, place) => grow(place, reach, random));
  });
}

function grow(place: number, reach: readonly number[], random: (below: number) => number): Node {
  const nearest = Math.min(reach[random(reach.length)] ?? 1, place);
  const back = random(nearest);
  const timeMs = 1_000_000 + random(401);
  const account = random(random(2) === 0 ? 20 : 2000);
  return { parent: place === 0 ? -1 : place - 1 - back, timeMs, account };
}

/** Whole numbers below a bound, the same row for the same seed (mulberry32, by Tommy Ettinger, in the public domain). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

/** The rows that lineage would hold for these posts, from one place up to another. */
export function toRows(nodes: readonly Node[], from = 0, to = nodes.length): ColumnRows {
  const depths = depthsOf(nodes);
  const ords = accountOrds(nodes);
  return {
    parentSeq: Uint32Array.from(nodes.slice(from, to), (node) => Math.max(0, node.parent)),
    depth: Uint32Array.from(depths.slice(from, to)),
    timeMs: Float64Array.from(nodes.slice(from, to), (node) => node.timeMs),
    accountOrd: Uint32Array.from(ords.slice(from, to)),
  };
}

function depthsOf(nodes: readonly Node[]): number[] {
  const depths: number[] = [];
  for (const { parent } of nodes) depths.push(parent < 0 ? 0 : (depths[parent] ?? 0) + 1);
  return depths;
}

/** Accounts numbered in the order in which they first appear. */
function accountOrds(nodes: readonly Node[]): number[] {
  const ords = new Map<number, number>();
  return nodes.map(({ account }) => {
    const ord = ords.get(account) ?? ords.size;
    ords.set(account, ord);
    return ord;
  });
}

export function columnsOf(nodes: readonly Node[]): Columns {
  const columns = createColumns(1);
  if (nodes.length > 0) appendRows(columns, toRows(nodes));
  return columns;
}

/** The places of all posts above one, the nearest first. */
export function placesAbove(nodes: readonly Node[], place: number): number[] {
  const above: number[] = [];
  for (let at = nodes[place]?.parent ?? -1; at >= 0; at = nodes[at]?.parent ?? -1) above.push(at);
  return above;
}

/** The places of all posts below one: its shares, and the shares of those. */
export function placesBelow(nodes: readonly Node[], place: number): number[] {
  const below = new Set([place]);
  for (const [other, { parent }] of nodes.entries()) if (below.has(parent)) below.add(other);
  below.delete(place);
  return [...below];
}

/** How often each place stands in the lists. */
export function countEach(nodes: readonly Node[], lists: readonly number[][]): number[] {
  const counts = nodes.map(() => 0);
  for (const list of lists) for (const place of list) counts[place] = (counts[place] ?? 0) + 1;
  return counts;
}
