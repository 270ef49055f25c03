import fc from 'fast-check';
import type { Columns } from '../../../src/cascade/columns/columns.ts';
import { columnsAt } from '../../../src/cascade/columns/columns-at.ts';
import { depthAccounts } from '../../../src/cascade/shape/depth-accounts.ts';
import { measureShape } from '../../../src/cascade/shape/measure-shape.ts';
import { arbitraryTree, columnsOf, type Node, placesAbove } from '../tree.ts';

/** What could have been linked from the events up to a time: made by then, as was everything above it. */
function rebuiltAt(nodes: readonly Node[], atMs: number): { nodes: Node[]; origin: number[] } {
  const isMade = (place: number) => (nodes[place]?.timeMs ?? 0) <= atMs;
  const origin = [...nodes.keys()].filter((place) => [place, ...placesAbove(nodes, place)].every(isMade));
  const rebuilt = origin.map((place) => {
    const { parent = -1, timeMs = 0, account = 0 } = nodes[place] ?? {};
    return { parent: parent < 0 ? -1 : origin.indexOf(parent), timeMs, account };
  });
  return { nodes: rebuilt, origin };
}

function inWords(columns: Columns) {
  const rows = [columns.parentSeq, columns.depth, columns.timeMs, columns.accountOrd];
  const shape = columns.count === 0 ? null : measureShape(columns);
  return {
    rows: rows.map((values) => [...values.subarray(0, columns.count)]),
    shape,
    accounts: shape && [...depthAccounts(columns, shape.profile.posts)],
  };
}

describe('a cascade as of a time', () => {
  test('is what a rebuild from the events up to then would be, for 2,000 random trees of up to 2,000 posts', () => {
    fc.assert(
      fc.property(arbitraryTree(2000), fc.integer({ min: 999_990, max: 1_000_410 }), (nodes, atMs) => {
        const { columns, origin } = columnsAt(columnsOf(nodes), atMs);
        const rebuilt = rebuiltAt(nodes, atMs);
        expect(inWords(columns)).toEqual(inWords(columnsOf(rebuilt.nodes)));
        expect([...origin]).toEqual(rebuilt.origin);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  test('leaves out what was shared from a post that came later, though it was made by then', () => {
    const nodes = [
      { parent: -1, timeMs: 10, account: 0 },
      { parent: 0, timeMs: 30, account: 1 },
      { parent: 1, timeMs: 20, account: 2 },
    ];
    expect(columnsAt(columnsOf(nodes), 25).columns.count).toBe(1);
    expect(columnsAt(columnsOf(nodes), 30).columns.count).toBe(3);
    expect(columnsAt(columnsOf(nodes), 9).columns.count).toBe(0);
  });
});
