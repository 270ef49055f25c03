import fc from 'fast-check';
import { appendRows, createColumns } from '../../../src/cascade/columns/columns.ts';
import { velocity } from '../../../src/cascade/times/velocity.ts';
import { arbitraryTree, type Node, toRows } from '../tree.ts';

const hourMs = 3_600_000;

function columnsOf(nodes: readonly Node[]) {
  const columns = createColumns();
  appendRows(columns, toRows(nodes));
  return columns;
}

const chain = (times: readonly number[]): Node[] =>
  times.map((timeMs, place) => ({ parent: place - 1, timeMs, account: place }));

describe('velocity', () => {
  test.each([
    ['a lone root has none', [0], 0],
    ['a single share counts, however late', [0, 50 * hourMs], 1],
    ['the root is no share', [0, 1], 1],
    ['exactly an hour before the last share is outside', [0, 10, 10 + hourMs], 1],
    ['a millisecond less is inside', [0, 11, 10 + hourMs], 2],
    ['shares of one moment count each', [0, 5, 5, 5], 3],
    ['times before 1970 and out of order are times', [0, -5, -hourMs, 2 * hourMs, -1], 1],
  ])('%s', (_, times, expected) => {
    expect(velocity(columnsOf(chain(times)))).toBe(expected);
  });

  test('is the number of shares in the last hour, for any tree', () => {
    const spread = arbitraryTree(40).map((nodes) =>
      nodes.map((node) => ({ ...node, timeMs: (node.timeMs - 1_000_200) * 60_000 })),
    );
    fc.assert(
      fc.property(spread, (nodes) => {
        const times = nodes.slice(1).map(({ timeMs }) => timeMs);
        const last = Math.max(...times);
        expect(velocity(columnsOf(nodes))).toBe(times.filter((timeMs) => last - timeMs < hourMs).length);
      }),
    );
  });
});
