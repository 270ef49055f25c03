import fc from 'fast-check';
import { type PostMeasure, postMeasures } from '../../../src/cascade/rank/post-measures.ts';
import { rankAccounts } from '../../../src/cascade/rank/rank-accounts.ts';
import { rankPosts } from '../../../src/cascade/rank/rank-posts.ts';
import { topValues } from '../../../src/cascade/rank/top-values.ts';
import { arbitraryTree, columnsOf, type Node, placesAbove, placesBelow } from '../tree.ts';

const hourMs = 3_600_000;

/** Times over two hours, so that an hour divides them. */
const trees = arbitraryTree(50).map((nodes) =>
  nodes.map((node) => ({ ...node, timeMs: 1_000_000 + (node.timeMs - 1_000_000) * 18_000 })),
);

const directOf = (nodes: readonly Node[], place: number) => nodes.filter(({ parent }) => parent === place).length;

/** The measures of one post by their definitions. */
const definitions: Record<PostMeasure, (nodes: readonly Node[], place: number) => number> = {
  descendants: (nodes, place) => placesBelow(nodes, place).length,
  direct: directOf,
  shapley: (nodes, place) =>
    [place, ...placesBelow(nodes, place)].reduce((sum, below) => sum + 1 / (placesAbove(nodes, below).length + 1), 0),
  firstHour: (nodes, place) => {
    const untilMs = (nodes[0]?.timeMs ?? 0) + hourMs;
    return placesBelow(nodes, place).filter((below) => (nodes[below]?.timeMs ?? 0) <= untilMs).length;
  },
  betweenness: pairsThrough,
  earliest: (nodes, place) => -(nodes[place]?.timeMs ?? 0),
};

/** Pairs of other posts whose path leads through the post, by walking every path. */
function pairsThrough(nodes: readonly Node[], through: number): number {
  let pairs = 0;
  for (const one of nodes.keys()) {
    for (let other = 0; other < one; other += 1) {
      if (one !== through && other !== through && pathBetween(nodes, one, other).includes(through)) pairs += 1;
    }
  }
  return pairs;
}

function pathBetween(nodes: readonly Node[], one: number, other: number): number[] {
  const up = [one, ...placesAbove(nodes, one)];
  const down = [other, ...placesAbove(nodes, other)];
  const meeting = up.find((place) => down.includes(place)) ?? 0;
  return [...up.slice(0, up.indexOf(meeting) + 1), ...down.slice(0, down.indexOf(meeting))];
}

describe('what posts of a cascade are put in order by', () => {
  test.each(Object.keys(postMeasures))(
    '%s is what its definition says, for 2,000 random trees',
    (name) => {
      const isMeasure = (measure: string): measure is PostMeasure => measure in postMeasures;
      if (!isMeasure(name)) throw new Error(name);
      const size = name === 'betweenness' ? 12 : 50;
      fc.assert(
        fc.property(trees, (whole) => {
          const nodes = whole.slice(0, size);
          const values = postMeasures[name](columnsOf(nodes));
          for (const place of nodes.keys()) expect(values[place]).toBeCloseTo(definitions[name](nodes, place), 9);
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
      fc.property(trees, fc.nat(1000), fc.nat(4), (nodes, drawn, maxDepth) => {
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

describe('what accounts carried', () => {
  test('counts what is below several posts of one account once, for 2,000 random trees', () => {
    fc.assert(
      fc.property(trees, (nodes) => {
        const ranked = rankAccounts(columnsOf(nodes), { by: 'shapley', withoutRoot: false, limit: 1000, after: null });
        const accounts = [...new Set(nodes.map(({ account }) => account))];
        expect(ranked.total).toBe(accounts.length);
        for (const [row, seq] of ranked.seqs.entries()) {
          const account = nodes[seq]?.account;
          const own = [...nodes.keys()].filter((place) => nodes[place]?.account === account);
          const below = new Set(own.flatMap((place) => placesBelow(nodes, place)));
          const untilMs = (nodes[0]?.timeMs ?? 0) + hourMs;
          const early = [...below].filter((place) => (nodes[place]?.timeMs ?? 0) <= untilMs);
          const of = (measure: 'posts' | 'descendants' | 'direct' | 'firstHour') => ranked.shown[measure]?.[row];
          expect([of('posts'), of('descendants')]).toEqual([own.length, below.size]);
          expect([of('direct'), of('firstHour')]).toEqual([
            own.reduce((sum, place) => sum + directOf(nodes, place), 0),
            early.length,
          ]);
          const worth = own.reduce((sum, place) => sum + definitions.shapley(nodes, place), 0);
          expect(ranked.values[row]).toBeCloseTo(worth, 9);
        }
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
