import fc from 'fast-check';
import { appendRows, type Columns, createColumns } from '../../../src/cascade/columns/columns.ts';
import { depthAccounts } from '../../../src/cascade/shape/depth-accounts.ts';
import { measureShape, type Shape } from '../../../src/cascade/shape/measure-shape.ts';
import { tallyTree } from '../../../src/cascade/shape/tally-tree.ts';
import { bruteForce } from '../brute-force.ts';
import { arbitraryTree, columnsOf, toRows } from '../tree.ts';

/** What the fast functions say, in the words of the slow model. */
function measured(columns: Columns, before: Shape | null = null) {
  return inWords(columns, measureShape(columns, before));
}

function inWords(columns: Columns, shape: Shape) {
  return {
    size: shape.size,
    accounts: shape.accounts,
    depth: shape.depth,
    meanDepth: shape.meanDepth,
    maxBreadth: shape.maxBreadth,
    histogram: [...shape.profile.posts],
    wiener: Number(shape.wienerIndex),
    virality: shape.structuralVirality,
    leafFraction: shape.leafFraction,
    broadcastRatio: shape.broadcastRatio,
    mostDirect: shape.mostDirectShares,
    firstMs: shape.shareTimes?.firstMs ?? null,
    lastMs: shape.shareTimes?.lastMs ?? null,
    subtreeSizes: [...tallyTree(columns).subtreeSize.subarray(0, columns.count)],
    firstAtDepth: [...shape.profile.firstAtMs],
    accountsAtDepth: [...depthAccounts(columns, shape.profile.posts)],
    timeToSize: shape.timeToSize,
  };
}

/** A tree of a closed form: `parentOf` tells the parent of each post but the root. */
function formed(size: number, parentOf: (seq: number) => number): Columns {
  const parentSeq = new Uint32Array(size);
  const depth = new Uint32Array(size);
  for (let seq = 1; seq < size; seq += 1) {
    const parent = parentOf(seq);
    parentSeq[seq] = parent;
    depth[seq] = (depth[parent] ?? 0) + 1;
  }
  const columns = createColumns(size);
  appendRows(columns, { parentSeq, depth, timeMs: new Float64Array(size), accountOrd: parentSeq.map((_, seq) => seq) });
  return columns;
}

describe('the shape of a cascade', () => {
  test('is what the definitions say, for 2,000 random trees of up to 2,000 posts', () => {
    fc.assert(
      fc.property(arbitraryTree(2000), (nodes) => {
        expect(measured(columnsOf(nodes))).toEqual(bruteForce(nodes));
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  test('is the same when a cascade grows in place, for any cut', () => {
    fc.assert(
      fc.property(arbitraryTree(120), fc.array(fc.nat(120), { maxLength: 6 }), (nodes, cuts) => {
        const columns = createColumns(1);
        let from = 0;
        let shape: Shape | null = null;
        for (const to of [...cuts.toSorted((a, b) => a - b), nodes.length]) {
          const end = Math.max(from, Math.min(to, nodes.length));
          appendRows(columns, toRows(nodes, from, end));
          if (columns.count === 0) continue;
          shape = measureShape(columns, shape);
          expect(inWords(columns, shape)).toEqual(measured(columnsOf(nodes.slice(0, end))));
          from = end;
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([2, 1000, 1_000_000])('of a star of %d posts is 2 - 2/n', (n) => {
    const shape = measureShape(formed(n, () => 0));
    expect(shape.wienerIndex).toBe(BigInt(n - 1) ** 2n);
    expect(shape.structuralVirality).toBeCloseTo(2 - 2 / n, 12);
    expect([shape.depth, shape.maxBreadth, shape.mostDirectShares]).toEqual([1, Math.max(1, n - 1), n - 1]);
  });

  test.each([2, 100_000, 1_000_000])('of a chain of %d posts is (n + 1) / 3', (n) => {
    const shape = measureShape(formed(n, (seq) => seq - 1));
    const size = BigInt(n);
    // At a million posts this is 166666666666500000, beyond what a double can hold exactly.
    expect(shape.wienerIndex).toBe(((size - 1n) * size * (size + 1n)) / 6n);
    expect(shape.structuralVirality).toBeCloseTo((n + 1) / 3, 6);
    expect([shape.depth, shape.maxBreadth, shape.leafFraction]).toEqual([n - 1, 1, 1 / n]);
  });

  test.each([1, 4, 19])('of a full binary tree of depth %d is exact', (levels) => {
    const shape = measureShape(formed(2 ** (levels + 1) - 1, (seq) => Math.floor((seq - 1) / 2)));
    const n = 2n ** BigInt(levels + 1) - 1n;
    let expected = 0n;
    for (let level = 1; level <= levels; level += 1) {
      const subtree = 2n ** BigInt(levels - level + 1) - 1n;
      expected += 2n ** BigInt(level) * subtree * (n - subtree);
    }
    expect(shape.wienerIndex).toBe(expected);
    expect(shape.meanDepth).toBeCloseTo(((levels - 1) * 2 ** (levels + 1) + 2) / Number(n), 9);
  });

  test('of the seed example: 1 shared as 2 and 4, 2 as 3, 3 as 5', () => {
    const nodes = [-1, 0, 1, 0, 2].map((parent, place) => ({ parent, timeMs: place * 1000, account: place }));
    const shape = measureShape(columnsOf(nodes));
    expect([...shape.profile.posts]).toEqual([1, 2, 1, 1]);
    expect(shape).toMatchObject({ wienerIndex: 20n, structuralVirality: 2, leafFraction: 0.4, broadcastRatio: 0.5 });
  });

  test('of a lone root has no virality, no broadcast and no times', () => {
    const shape = measureShape(columnsOf([{ parent: -1, timeMs: 5, account: 0 }]));
    expect(shape).toMatchObject({ size: 1, structuralVirality: null, broadcastRatio: null, shareTimes: null });
    expect([shape.wienerIndex, shape.leafFraction, shape.timeToSize]).toEqual([0n, 1, []]);
  });
});
