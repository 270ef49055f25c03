import fc from 'fast-check';
import { bruteForce } from './brute-force.ts';
import { type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { changesOf, post, share, startMs } from './changes.ts';
import { arbitraryTree, type Node } from './tree.ts';

let stores: CascadeStores;

beforeAll(async () => {
  // Room for about ten small cascades, so that some are forgotten and loaded again.
  stores = await openCascadeStores(20_000);
});
afterAll(() => stores.close());

const when = (afterMs: number) => new Date(startMs + afterMs).toISOString();

/** The answer of the definitions for a whole tree. */
function expected(nodes: readonly Node[]) {
  const truth = bruteForce(nodes);
  const rootMs = nodes[0]?.timeMs ?? 0;
  return {
    size: truth.size,
    accounts: truth.accounts,
    depth: truth.depth,
    meanDepth: truth.meanDepth,
    maxBreadth: truth.maxBreadth,
    depthHistogram: truth.histogram,
    wienerIndex: String(truth.wiener),
    structuralVirality: truth.virality,
    leafFraction: truth.leafFraction,
    broadcastRatio: truth.broadcastRatio,
    largestBroadcast: { shares: truth.mostDirect },
    firstShareAt: truth.firstMs === null ? null : when(truth.firstMs),
    lastShareAt: truth.lastMs === null ? null : when(truth.lastMs),
    timeToSize: truth.timeToSize.map(({ size, atMs }) => ({ size, at: when(atMs), afterMs: atMs - rootMs })),
  };
}

describe('a cascade that grows while it is read', () => {
  const trees = fc.sample(arbitraryTree(40), { numRuns: 12, seed: 11 }).filter((nodes) => nodes.length > 2);
  const orders = fc.sample(fc.infiniteStream(fc.nat(1_000_000)), { numRuns: trees.length, seed: 12 });

  test.each(trees.map((nodes, index) => [index, nodes] as const))(
    'tree %i: whatever the order of arrival, read after every few events, ends at the same answers',
    async (index, nodes) => {
      const prefix = `grown ${index} `;
      const weights = orders[index]?.[Symbol.iterator]();
      const shuffled = changesOf(nodes, prefix)
        .map((change) => ({ change, weight: Number(weights?.next().value ?? 0) }))
        .toSorted((a, b) => a.weight - b.weight)
        .map(({ change }) => change);
      for (let from = 0; from < shuffled.length; from += 9) {
        await stores.project(shuffled.slice(from, from + 9));
        await stores.get(`/v1/cascades/${prefix}0`);
      }
      expect((await stores.get(`/v1/cascades/${prefix}0`)).body).toMatchObject(expected(nodes));
      const sizes = await Promise.all(
        nodes.map(async (_, place) => (await stores.get(`/v1/posts/${prefix}${place}`)).body),
      );
      expect(sizes).toMatchObject(bruteForce(nodes).subtreeSizes.map((size) => ({ shares: { total: size - 1 } })));
      expect((await stores.cascades.held()).bytes).toBeLessThanOrEqual(20_000);
    },
  );

  test('a provisional root that turns out to be a share takes its whole cascade along', async () => {
    await stores.project([
      share('p1', { of: 'provisional', by: 'b', afterMs: 1000, rootHint: 'provisional' }),
      share('p2', { of: 'p1', by: 'c', afterMs: 2000 }),
    ]);
    expect((await stores.get('/v1/cascades/provisional')).body).toMatchObject({ size: 3, assumed: true });
    await stores.project([post('true root', 'a', 0), share('provisional', { of: 'true root', by: 'p', afterMs: 500 })]);
    const moved = { code: 'not_a_root', rootPostId: 'true root' };
    expect((await stores.get('/v1/cascades/provisional')).body).toMatchObject(moved);
    const whole = { size: 4, depth: 3, wienerIndex: '10', assumed: false };
    expect((await stores.get('/v1/cascades/true%20root')).body).toMatchObject(whole);
    expect((await stores.get('/v1/posts/provisional')).body).toMatchObject({ shares: { direct: 1, total: 2 } });
  });

  test('a provisional root whose own event comes keeps its cascade and gets its author', async () => {
    await stores.project([share('q1', { of: 'later', by: 'b', afterMs: 1000, rootHint: 'later' })]);
    expect((await stores.get('/v1/cascades/later')).body).toMatchObject({ assumed: true, accounts: 1 });
    await stores.project([post('later', 'a', 400), share('q2', { of: 'q1', by: 'a', afterMs: 1500 })]);
    expect((await stores.get('/v1/cascades/later')).body).toMatchObject({
      assumed: false,
      authorId: 'a',
      size: 3,
      accounts: 2,
      timeToDepth: [
        { depth: 1, afterMs: 600 },
        { depth: 2, afterMs: 1100 },
      ],
    });
  });

  test('speaks only for what lineage has reached, and shows a root that it has not reached yet', async () => {
    await stores.project([post('ahead', 'a', 0)], 'lineage left behind');
    const { body } = await stores.get('/v1/cascades/ahead');
    expect(body).toMatchObject({ size: 1, authorId: 'a', createdAt: when(0), largestBroadcast: { postId: 'ahead' } });
    await stores.project([]);
    expect((await stores.get('/v1/cascades/ahead')).body).toMatchObject({ size: 1 });
  });
});
