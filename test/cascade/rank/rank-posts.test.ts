import fc from 'fast-check';
import { type PostMeasure, postMeasures } from '../../../src/cascade/rank/post-measures.ts';
import { rankAccounts } from '../../../src/cascade/rank/rank-accounts.ts';
import { rankPosts } from '../../../src/cascade/rank/rank-posts.ts';
import { topValues } from '../../../src/cascade/rank/top-values.ts';
import { arbitraryTree, columnsOf, countEach, type Node, placesAbove, placesBelow } from '../tree.ts';

const hourMs = 3_600_000;

/** Times over two hours, so that an hour divides them. */
const treesUpTo = (maxNodes: number) =>
  arbitraryTree(maxNodes).map((nodes) =>
    nodes.map((node) => ({ ...node, timeMs: 1_000_000 + (node.timeMs - 1_000_000) * 18_000 })),
  );

const directOf = (nodes: readonly Node[], place: number) => nodes.filter(({ parent }) => parent === place).length;
const aboveAll = (nodes: readonly Node[]) => nodes.map((_, place) => placesAbove(nodes, place));
const isEarly = (nodes: readonly Node[], place: number) =>
  (nodes[place]?.timeMs ?? 0) <= (nodes[0]?.timeMs ?? 0) + hourMs;

/** The measures of all posts by their definitions. */
const definitions: Record<PostMeasure, (nodes: readonly Node[]) => number[]> = {
  descendants: (nodes) => countEach(nodes, aboveAll(nodes)),
  direct: (nodes) =>
    countEach(
      nodes,
      nodes.map(({ parent }) => (parent < 0 ? [] : [parent])),
    ),
  shapley: (nodes) => {
    const worth = nodes.map(() => 0);
    for (const [place, above] of aboveAll(nodes).entries()) {
      for (const at of [place, ...above]) worth[at] = (worth[at] ?? 0) + 1 / (above.length + 1);
    }
    return worth;
  },
  firstHour: (nodes) =>
    countEach(
      nodes,
      aboveAll(nodes).filter((_, place) => isEarly(nodes, place)),
    ),
  betweenness: (nodes) => {
    const parents = Int32Array.from(nodes, ({ parent }) => parent);
    return nodes.map((_, place) => pairsParted(parents, place));
  },
  earliest: (nodes) => nodes.map(({ timeMs }) => -timeMs),
};

/** Pairs of other posts that no path joins any more once a post is gone: what is left falls into parts. */
function pairsParted(parents: Int32Array, gone: number): number {
  const part = new Int32Array(parents.length);
  const sizes = new Int32Array(parents.length);
  for (let place = 0; place < parents.length; place += 1) {
    if (place === gone) continue;
    const parent = parents[place] ?? -1;
    const own = parent < 0 || parent === gone ? place : (part[parent] ?? 0);
    part[place] = own;
    sizes[own] = (sizes[own] ?? 0) + 1;
  }
  let pairs = 0;
  for (let own = 0; own < sizes.length; own += 1) pairs += (sizes[own] ?? 0) * (parents.length - 1 - (sizes[own] ?? 0));
  return pairs / 2;
}

function mostApart(values: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(...expected.map((value, place) => Math.abs(value - (values[place] ?? Number.NaN))));
}

describe('what posts of a cascade are put in order by', () => {
  test.each(Object.keys(postMeasures))(
    '%s is what its definition says, for 2,000 random trees of up to 2,000 posts',
    (name) => {
      const isMeasure = (measure: string): measure is PostMeasure => measure in postMeasures;
      if (!isMeasure(name)) throw new Error(name);
      fc.assert(
        fc.property(treesUpTo(2000), (nodes) => {
          expect(mostApart(postMeasures[name](columnsOf(nodes)), definitions[name](nodes))).toBeLessThan(1e-9);
        }),
        { numRuns: 2000 },
      );
    },
    120_000,
  );

  test('Shapley values sum to the number of posts', () => {
    fc.assert(
      fc.property(arbitraryTree(2000), (nodes) => {
        const sum = postMeasures.shapley(columnsOf(nodes)).reduce((total, value) => total + value, 0);
        expect(Math.abs(sum - nodes.length)).toBeLessThan(1e-8 * nodes.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the first of an order', () => {
  test('are the greatest, with all that tie with the last of them and with the one that was seen', () => {
    const values = fc.array(fc.nat(12), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), fc.option(fc.nat(12)), (drawn, limit, after) => {
        const everyone = Uint32Array.from(drawn.keys());
        const chosen = [...topValues(Float64Array.from(drawn), everyone, { limit, after })];
        const seen = after ?? Number.POSITIVE_INFINITY;
        const below = drawn.filter((value) => value < seen).toSorted((a, b) => b - a);
        const least = below[Math.min(limit, below.length) - 1] ?? Number.POSITIVE_INFINITY;
        const expected = drawn.filter((value) => value === seen || (value < seen && value >= least));
        expect(chosen.map((place) => drawn[place])).toEqual(expected.toSorted((a, b) => b - a));
        expect(new Set(chosen).size).toBe(chosen.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('of a subtree down to a depth, and of the shares of one post, are those and no others', () => {
    fc.assert(
      fc.property(treesUpTo(50), fc.nat(1000), fc.nat(4), (nodes, drawn, maxDepth) => {
        const seq = drawn % nodes.length;
        const columns = columnsOf(nodes);
        const depthOf = (place: number) => placesAbove(nodes, place).length;
        const shown = {
          by: 'descendants' as const,
          show: ['direct'] as const,
          keepsZero: true,
          limit: 1000,
          after: null,
        };
        const subtree = rankPosts(columns, { choice: { kind: 'subtreeOf', seq, maxDepth }, ...shown });
        const inside = [seq, ...placesBelow(nodes, seq)].filter((place) => depthOf(place) - depthOf(seq) <= maxDepth);
        expect([...subtree.seqs].toSorted((a, b) => a - b)).toEqual(inside.toSorted((a, b) => a - b));
        expect(subtree.total).toBe(inside.length);
        expect([...(subtree.shown.direct ?? [])]).toEqual([...subtree.seqs].map((place) => directOf(nodes, place)));
        const shares = rankPosts(columns, { choice: { kind: 'sharesOf', seq }, ...shown });
        const children = [...nodes.keys()].filter((place) => nodes[place]?.parent === seq);
        expect([...shares.seqs].toSorted((a, b) => a - b)).toEqual(children);
      }),
      { numRuns: 1000 },
    );
  });
});

/** What the posts of each account carried, what is below several of them counted once. */
function carriedBy(nodes: readonly Node[]) {
  const shapley = definitions.shapley(nodes);
  const none = { posts: 0, descendants: 0, direct: 0, firstHour: 0, shapley: 0, countedFor: -1 };
  const carried = new Map(nodes.map(({ account }) => [account, { ...none }]));
  const owners = nodes.map(({ account }) => carried.get(account) ?? none);
  for (const [place, { parent }] of nodes.entries()) {
    const owner = owners[place] ?? none;
    owner.posts += 1;
    owner.shapley += shapley[place] ?? 0;
    if (parent >= 0) (owners[parent] ?? none).direct += 1;
    for (const above of placesAbove(nodes, place).map((at) => owners[at] ?? none)) {
      if (above.countedFor === place) continue;
      above.countedFor = place;
      above.descendants += 1;
      if (isEarly(nodes, place)) above.firstHour += 1;
    }
  }
  return carried;
}

describe('what accounts carried', () => {
  test('counts what is below several posts of one account once, for 2,000 random trees of up to 2,000 posts', () => {
    fc.assert(
      fc.property(treesUpTo(2000), (nodes) => {
        const ranked = rankAccounts(columnsOf(nodes), { by: 'shapley', withoutRoot: false, limit: 2000, after: null });
        const carried = carriedBy(nodes);
        expect(ranked.total).toBe(carried.size);
        const expected = [...ranked.seqs].map((seq) => carried.get(nodes[seq]?.account ?? -1));
        for (const measure of ['posts', 'descendants', 'direct', 'firstHour'] as const) {
          expect([...(ranked.shown[measure] ?? [])]).toEqual(expected.map((account) => account?.[measure]));
        }
        expect(
          mostApart(
            ranked.values,
            expected.map((account) => account?.shapley ?? 0),
          ),
        ).toBeLessThan(1e-9);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
