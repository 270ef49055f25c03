import fc from 'fast-check';
import { appendRows, type ColumnRows, type Columns, createColumns } from '../../src/cascade/columns/columns.ts';

/** A post of a test's tree; `parent` is the place of its parent, -1 for the root. */
export type Node = { parent: number; timeMs: number; account: number };

type Drawn = { reach: number; parent: number; timeMs: number; account: number };

/** Trees of many forms: parents near the newest post make chains, parents near the root make stars. */
export function arbitraryTree(maxNodes: number, minNodes = 1): fc.Arbitrary<Node[]> {
  const node = fc.record({
    reach: fc.constantFrom(1, 2, 10, maxNodes),
    parent: fc.nat(maxNodes),
    timeMs: fc.integer({ min: 1_000_000, max: 1_000_400 }),
    account: fc.nat(20),
  });
  return fc.array(node, { minLength: minNodes, maxLength: maxNodes }).map(grow);
}

function grow(drawn: readonly Drawn[]): Node[] {
  return drawn.map(({ reach, parent, timeMs, account }, place) => {
    const nearest = Math.min(reach, place);
    return { parent: place === 0 ? -1 : place - 1 - (parent % nearest), timeMs, account };
  });
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

/** The places of all posts below one. */
export function placesBelow(nodes: readonly Node[], place: number): number[] {
  return [...nodes.keys()].filter((other) => placesAbove(nodes, other).includes(place));
}
