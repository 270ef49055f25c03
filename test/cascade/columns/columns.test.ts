import { appendRows, columnsBytes, createColumns } from '../../../src/cascade/columns/columns.ts';
import { type Node, toRows } from '../tree.ts';

const chain: Node[] = [-1, 0, 1, 2].map((parent, place) => ({ parent, timeMs: place, account: place }));

describe('the columns of a cascade', () => {
  test('grow by doubling, so that their bytes stay within twice what is used', () => {
    const columns = createColumns(1);
    for (const place of chain.keys()) appendRows(columns, toRows(chain, place, place + 1));
    expect(columns.count).toBe(4);
    expect([...columns.parentSeq.subarray(0, 4)]).toEqual([0, 0, 1, 2]);
    expect([...columns.timeMs.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    expect(columnsBytes(columns)).toBe(4 * 28);
  });

  test.each([
    ['a parent that comes later', { parentSeq: Uint32Array.of(5), depth: Uint32Array.of(1) }],
    ['a depth that is not one more than the parent has', { parentSeq: Uint32Array.of(0), depth: Uint32Array.of(2) }],
  ])('refuse %s and stay as they were', (_, wrong) => {
    const columns = createColumns();
    appendRows(columns, toRows(chain, 0, 1));
    const rows = { ...wrong, timeMs: Float64Array.of(1), accountOrd: Uint32Array.of(1) };
    expect(() => appendRows(columns, rows)).toThrow('row 1 of a cascade does not continue its tree');
    expect(columns.count).toBe(1);
    appendRows(columns, toRows(chain, 1, 4));
    expect(columns.count).toBe(4);
  });
});
