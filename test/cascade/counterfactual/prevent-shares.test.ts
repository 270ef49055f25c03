import fc from 'fast-check';
import { preventShares } from '../../../src/cascade/counterfactual/prevent-shares.ts';
import { noAccount, type Views } from '../../../src/cascade/counterfactual/views.ts';
import { arbitraryTree, columnsOf, type Node, placesAbove, placesBelow } from '../tree.ts';

type Mode = 'node' | 'subtree';
/** A view by an account that may have posts in the tree, or by somebody who shared nothing. */
type View = { viewer: number; place: number; timeMs: number };
type Freeze = { frozen: number; mode: Mode; atMs: number };

/** What is removed, by the definition: whole subtrees of late shares of the post, or all late posts below it. */
function removedBy(nodes: readonly Node[], { frozen, mode, atMs }: Freeze): Set<number> {
  const isLate = (place: number) => (nodes[place]?.timeMs ?? 0) >= atMs;
  if (mode === 'subtree') return new Set([frozen, ...placesBelow(nodes, frozen)].filter(isLate));
  const lateShares = [...nodes.keys()].filter((place) => nodes[place]?.parent === frozen && isLate(place));
  return new Set(lateShares.flatMap((place) => [place, ...placesBelow(nodes, place)]));
}

function bruteForce(nodes: readonly Node[], views: readonly View[], freeze: Freeze) {
  const removed = removedBy(nodes, freeze);
  const metAt = firstMeetings(nodes, views, (place) => removed.has(place), freeze.frozen);
  const hadMet = (place: number) => {
    const { account = -1, timeMs = 0 } = nodes[place] ?? {};
    return (metAt.get(account) ?? Number.POSITIVE_INFINITY) < timeMs;
  };
  const sure = [...removed].filter((place) => !hadMet(place));
  const isSure = new Set(sure);
  const surest = sure.filter((place) =>
    placesAbove(nodes, place).every((above) => !removed.has(above) || isSure.has(above)),
  );
  const viewers = [...new Set(views.map(({ viewer }) => viewer))];
  const seenBy = (viewer: number) => views.filter((view) => view.viewer === viewer).map(({ place }) => place);
  return {
    upper: removed.size,
    lower: sure.length,
    lowest: surest.length,
    viewers: {
      upper: viewers.filter((viewer) => seenBy(viewer).some((place) => removed.has(place))).length,
      lower: viewers.filter((viewer) => seenBy(viewer).every((place) => removed.has(place))).length,
    },
  };
}

/** When each account first met the cascade outside what is removed: by posting in it, or by seeing another post of it. */
function firstMeetings(
  nodes: readonly Node[],
  views: readonly View[],
  isRemoved: (place: number) => boolean,
  frozen: number,
): Map<number, number> {
  const metAt = new Map<number, number>();
  const meet = (account: number, timeMs: number) =>
    metAt.set(account, Math.min(timeMs, metAt.get(account) ?? Number.POSITIVE_INFINITY));
  for (const [place, { account, timeMs }] of nodes.entries()) if (!isRemoved(place)) meet(account, timeMs);
  for (const { viewer, place, timeMs } of views) if (place !== frozen && !isRemoved(place)) meet(viewer, timeMs);
  return metAt;
}

/** As the engine hands them over: viewers numbered, the rows of each together. */
function toViews(nodes: readonly Node[], views: readonly View[]): Views {
  const viewers = [...new Set(views.map(({ viewer }) => viewer))];
  const rows = views.toSorted((one, other) => viewers.indexOf(one.viewer) - viewers.indexOf(other.viewer));
  const ords = [...new Set(nodes.map(({ account }) => account))];
  const ordOf = (viewer: number) => (ords.includes(viewer) ? ords.indexOf(viewer) : noAccount);
  return {
    count: rows.length,
    viewer: Uint32Array.from(rows, ({ viewer }) => viewers.indexOf(viewer)),
    account: Uint32Array.from(rows, ({ viewer }) => ordOf(viewer)),
    seq: Uint32Array.from(rows, ({ place }) => place),
    timeMs: Float64Array.from(rows, ({ timeMs }) => timeMs),
  };
}

const time = fc.integer({ min: 1_000_000, max: 1_000_400 });

describe('what a freeze would have prevented', () => {
  test.each(['node', 'subtree'] as const)(
    'of a %s is what removing it by hand leaves, at every time, for 1,000 random trees of up to 2,000 posts',
    (mode) => {
      const view = fc.record({ viewer: fc.nat(30), place: fc.nat(2000), timeMs: time });
      fc.assert(
        fc.property(arbitraryTree(2000), fc.nat(2000), fc.array(view), fc.array(time), (nodes, drawn, seen, times) => {
          const frozen = drawn % nodes.length;
          const views = seen.map((one) => ({ ...one, place: one.place % nodes.length }));
          const timesMs = Float64Array.from([0, ...times]);
          const asked = { seq: frozen, mode, timesMs };
          const columns = columnsOf(nodes);
          const expected = Array.from(timesMs, (atMs) => bruteForce(nodes, views, { frozen, mode, atMs }));
          expect(preventShares(columns, { ...asked, views: toViews(nodes, views) })).toEqual(expected);
          const unseen = Array.from(timesMs, (atMs) => ({
            ...bruteForce(nodes, [], { frozen, mode, atMs }),
            viewers: null,
          }));
          expect(preventShares(columns, { ...asked, views: null })).toEqual(unseen);
        }),
        { numRuns: 1000 },
      );
    },
    120_000,
  );

  test('the lower bounds are never above the upper one', () => {
    fc.assert(
      fc.property(
        arbitraryTree(200),
        fc.nat(1000),
        fc.constantFrom('node' as const, 'subtree' as const),
        (nodes, at, mode) => {
          const timesMs = Float64Array.of(0, 1_000_100, 1_000_200, 1_000_300);
          const points = preventShares(columnsOf(nodes), { seq: at % nodes.length, mode, timesMs, views: null });
          for (const { upper, lower, lowest } of points)
            expect([lowest <= lower, lower <= upper]).toEqual([true, true]);
        },
      ),
    );
  });
});
