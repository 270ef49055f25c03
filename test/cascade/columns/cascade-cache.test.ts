import { openCascadeCache, shapeOf } from '../../../src/cascade/columns/cascade-cache.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { openFreshFacts } from '../../setup/open-test-stores.ts';

let facts: Facts;
let reads = 0;

beforeAll(async () => {
  ({ facts } = await openFreshFacts());
});
afterAll(() => facts.close());
beforeEach(() => {
  reads = 0;
});

/** The real facts, counting how often they are asked. */
const counted: Pick<Facts, 'selectBytes'> = {
  selectBytes: (...asked) => {
    reads += 1;
    return facts.selectBytes(...asked);
  },
};

/** A star: every share is taken from the root. */
async function writeStar(
  rootId: string,
  { generation = 0, from = 0, to }: { generation?: number; from?: number; to: number },
) {
  const columns = ['root_id', 'generation', 'seq', 'post_id', 'parent_seq', 'depth', 'account_ord', 'shared_at'];
  const rows = Array.from({ length: to - from }, (_, index) => {
    const seq = from + index;
    return [rootId, generation, seq, `${rootId} ${seq}`, 0, Math.min(1, seq), seq, seq];
  });
  await facts.insert({ table: 'lineage', columns, token: `${rootId} ${generation} ${from}` }, rows);
}

describe('the cascades kept in memory', () => {
  test('are loaded once for readers who come together, and extended by what is new', async () => {
    const cache = openCascadeCache({ facts: counted }, { maxBytes: 1_000_000 });
    await writeStar('grows', { to: 10 });
    const extent = { rootId: 'grows', generation: 0, posts: 10 };
    const loaded = await Promise.all([cache.load(extent), cache.load(extent), cache.load(extent)]);
    expect([reads, new Set(loaded).size, shapeOf(await cache.load(extent)).size]).toEqual([1, 1, 10]);
    await writeStar('grows', { from: 10, to: 25 });
    const grown = await cache.load({ ...extent, posts: 25 });
    expect([reads, grown === loaded[0], shapeOf(grown).mostDirectShares]).toEqual([2, true, 24]);
  });

  test('are replaced by a new generation, which an older question does not undo', async () => {
    const cache = openCascadeCache({ facts: counted }, { maxBytes: 1_000_000 });
    await writeStar('anew', { to: 4 });
    await writeStar('anew', { generation: 1, to: 3 });
    const old = await cache.load({ rootId: 'anew', generation: 0, posts: 4 });
    const anew = await cache.load({ rootId: 'anew', generation: 1, posts: 3 });
    expect([old.columns.count, anew.columns.count]).toEqual([4, 3]);
    expect(await cache.load({ rootId: 'anew', generation: 0, posts: 4 })).toBe(anew);
  });

  test('are forgotten, the least recently used first, beyond their bound in bytes', async () => {
    const cache = openCascadeCache({ facts: counted }, { maxBytes: 3 * 1012 + 3 * 16 * 24 });
    for (const rootId of ['a', 'b', 'c', 'd']) await writeStar(rootId, { to: 16 });
    const load = (rootId: string) => cache.load({ rootId, generation: 0, posts: 16 });
    for (const rootId of ['a', 'b', 'c', 'a', 'd']) await load(rootId);
    expect([reads, cache.size()]).toEqual([4, 3]);
    await load('a');
    expect(reads).toBe(4);
    await load('b');
    expect([reads, cache.size()]).toEqual([5, 3]);
  });

  test('one that is larger than the bound is answered and not kept', async () => {
    const cache = openCascadeCache({ facts: counted }, { maxBytes: 100 });
    await writeStar('large', { to: 5 });
    expect((await cache.load({ rootId: 'large', generation: 0, posts: 5 })).columns.count).toBe(5);
    expect([cache.size(), cache.bytes()]).toEqual([0, 0]);
  });

  test('a lineage with a gap or a repeat is a fault, and the next reader is not held up by it', async () => {
    const cache = openCascadeCache({ facts: counted }, { maxBytes: 1_000_000 });
    await writeStar('broken', { to: 2 });
    await writeStar('broken', { from: 3, to: 5 });
    const extent = { rootId: 'broken', generation: 0, posts: 5 };
    await expect(cache.load(extent)).rejects.toThrow('lineage has seq 3 where 2 belongs');
    await writeStar('broken', { from: 2, to: 3 });
    expect((await cache.load(extent)).columns.count).toBe(5);
  });
});
