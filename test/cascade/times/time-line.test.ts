import fc from 'fast-check';
import { type TimeLineQuestion, timeLine } from '../../../src/cascade/times/time-line.ts';
import { arbitraryTree, columnsOf, type Node, placesAbove } from '../tree.ts';

const whole: TimeLineQuestion = { stepMs: null, fit: 50, fromMs: null, toMs: null, skip: 0, take: 50 };

/** Every step by looking at all shares again. */
function bruteForce(nodes: readonly Node[], question: TimeLineQuestion & { stepMs: number }) {
  const shares = nodes
    .slice(1)
    .map((node, index) => ({ at: node.timeMs, depth: placesAbove(nodes, index + 1).length }));
  const fromMs = question.fromMs ?? Math.min(...shares.map(({ at }) => at));
  const toMs = question.toMs ?? Math.max(...shares.map(({ at }) => at)) + 1;
  const steps: object[] = [];
  if (toMs <= fromMs) return steps;
  for (let at = Math.floor(fromMs / question.stepMs) * question.stepMs; at < toMs; at += question.stepMs) {
    const endMs = Math.min(at + question.stepMs, toMs);
    const before = shares.filter((share) => share.at < endMs);
    const here = before.filter((share) => share.at >= Math.max(at, fromMs));
    const maxDepth = Math.max(0, ...before.map(({ depth }) => depth));
    steps.push({ at, shares: here.length, cumulative: before.length, maxDepth });
  }
  return steps;
}

function inWords(line: ReturnType<typeof timeLine>) {
  return Array.from(line.atMs, (at, step) => ({
    at,
    shares: line.shares[step],
    cumulative: line.cumulative[step],
    maxDepth: line.maxDepth[step],
  }));
}

describe('the shares of a cascade in steps of time', () => {
  test('are what counting them anew for every step gives, whole and page by page', () => {
    const edge = fc.option(fc.integer({ min: 999_900, max: 1_000_500 }));
    const drawn = fc.tuple(arbitraryTree(40), fc.constantFrom(7, 50, 1000), edge, edge, fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(drawn, ([nodes, stepMs, fromMs, toMs, take]) => {
        fc.pre(nodes.length > 1 && (fromMs === null || toMs === null || fromMs < toMs));
        const question = { ...whole, stepMs, fromMs, toMs, take: 10_000 };
        const expected = bruteForce(nodes, question);
        const columns = columnsOf(nodes);
        expect(inWords(timeLine(columns, question))).toEqual(expected);
        const pages = [];
        for (let skip = 0; skip < expected.length; skip += take) {
          pages.push(...inWords(timeLine(columns, { ...question, skip, take })));
        }
        expect(pages).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('take the least usual step with which all of them fit', () => {
    const nodes = [0, 1, 100, 7200].map((second, place) => ({
      parent: place - 1,
      timeMs: second * 1000,
      account: place,
    }));
    const columns = columnsOf(nodes);
    expect(timeLine(columns, whole)).toMatchObject({ stepMs: 300_000, buckets: 25 });
    expect(timeLine(columns, { ...whole, fit: 1000 })).toMatchObject({ stepMs: 10_000, buckets: 721 });
    expect(timeLine(columns, { ...whole, fit: 1 })).toMatchObject({ stepMs: 10_800_000, buckets: 1 });
  });

  test('of a lone root are none', () => {
    const columns = columnsOf([{ parent: -1, timeMs: 5, account: 0 }]);
    expect(timeLine(columns, whole).buckets).toBe(0);
    expect(inWords(timeLine(columns, { ...whole, stepMs: 10, fromMs: 0, toMs: 20 }))).toEqual([
      { at: 0, shares: 0, cumulative: 0, maxDepth: 0 },
      { at: 10, shares: 0, cumulative: 0, maxDepth: 0 },
    ]);
  });
});
