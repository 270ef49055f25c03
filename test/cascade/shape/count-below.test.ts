import fc from 'fast-check';
import { appendRows, createColumns } from '../../../src/cascade/columns/columns.ts';
import { countBelow } from '../../../src/cascade/shape/count-below.ts';
import { arbitraryTree, type Node, toRows } from '../tree.ts';

function columnsOf(nodes: readonly Node[]) {
  const columns = createColumns(1);
  appendRows(columns, toRows(nodes));
  return columns;
}

function isBelowAny(nodes: readonly Node[], place: number, starts: ReadonlySet<number>): boolean {
  const parent = nodes[place]?.parent ?? -1;
  return parent >= 0 && (starts.has(parent) || isBelowAny(nodes, parent, starts));
}

describe('posts below some posts', () => {
  test('are counted once each, for 1,000 random trees', () => {
    fc.assert(
      fc.property(arbitraryTree(100), fc.array(fc.nat(120), { maxLength: 20 }), (nodes, starts) => {
        const below = nodes.filter((_, place) => isBelowAny(nodes, place, new Set(starts)));
        expect(countBelow(columnsOf(nodes), starts)).toBe(below.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a chain of 1,000,000, from every post of it, in one pass', () => {
    const size = 1_000_000;
    const columns = createColumns(size);
    const places = Uint32Array.from({ length: size }, (_, seq) => seq);
    const parentSeq = places.map((seq) => Math.max(0, seq - 1));
    appendRows(columns, { parentSeq, depth: places, timeMs: new Float64Array(size), accountOrd: places });
    expect(countBelow(columns, places)).toBe(size - 1);
  });
});
