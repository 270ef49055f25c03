import fc from 'fast-check';
import { z } from 'zod';
import { bruteForce } from './brute-force.ts';
import { type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { changesOf, startMs } from './changes.ts';
import { arbitraryTree, type Node, placesAbove, placesBelow } from './tree.ts';

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
}, 60_000);
afterAll(() => stores.close());

const List = z.object({
  items: z.array(z.looseObject({})),
  next: z.string().nullable(),
  shown: z.number(),
  total: z.number(),
});

/** All pages of a list, one after the other. */
async function readAll(path: string, limit: number) {
  const items: Array<Record<string, unknown>> = [];
  const mark = path.includes('?') ? '&' : '?';
  let cursor = '';
  for (;;) {
    const { status, body } = await stores.get(`${path}${mark}limit=${limit}${cursor}`);
    expect([path, status]).toEqual([path, 200]);
    const page = List.parse(body);
    items.push(...page.items);
    expect(page.shown).toBe(page.items.length);
    if (page.next === null) return { items, total: page.total };
    cursor = `&cursor=${encodeURIComponent(page.next)}`;
  }
}

const compareIds = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

type Model = { ids: string[]; nodes: Node[] };
type Valued = { place: number; value: number };

/** Places by falling value, ties by id in byte order. */
function inOrder({ ids }: Model, valued: readonly Valued[]): string[] {
  return valued
    .toSorted((a, b) => b.value - a.value || compareIds(ids[a.place] ?? '', ids[b.place] ?? ''))
    .map(({ place }) => ids[place] ?? '');
}

/** Some trees of up to 60 posts with many equal numbers, in ids whose order differs between UTF-16 and bytes. */
const trees = fc.sample(arbitraryTree(60, 30), { numRuns: 4, seed: 5 });

describe.each(trees.map((nodes, index) => [index, nodes] as const))('a random cascade, number %i', (index, drawn) => {
  const prefix = index % 2 === 0 ? `😀 ${index} ` : `ｚ/${index}?&`;
  const nodes = drawn.map((node) => ({ ...node, timeMs: node.timeMs - 1_000_000 + index * 10_000 }));
  const model: Model = { nodes, ids: nodes.map((_, place) => `${prefix}${place}`) };
  const places = [...nodes.keys()];
  const path = `/v1/cascades/${encodeURIComponent(`${prefix}0`)}`;
  const directOf = (place: number) => nodes.filter(({ parent }) => parent === place).length;

  beforeAll(() => stores.project(changesOf(nodes, prefix)));

  test('its spreaders are in the right order, whole over pages', async () => {
    const descendants = places.map((place) => ({ place, value: placesBelow(nodes, place).length }));
    const direct = places.map((place) => ({ place, value: directOf(place) }));
    for (const [by, valued] of Object.entries({ descendants, direct })) {
      const { items, total } = await readAll(`${path}/spreaders?by=${by}`, 7);
      const expected = inOrder(
        model,
        valued.filter(({ value }) => value > 0),
      );
      expect([by, items.map(({ postId }) => postId)]).toEqual([by, expected]);
      expect(total).toBe(expected.length);
      expect(items.map((item) => item[by])).toEqual(expected.map((id) => valued[model.ids.indexOf(id)]?.value));
    }
    const { items } = await readAll(`${path}/spreaders?by=shapley`, 9);
    expect(items.reduce((sum, { shapley }) => sum + Number(shapley), 0)).toBeCloseTo(nodes.length, 9);
  });

  test('its accounts carried what is below their posts, each post once', async () => {
    const accounts = [...new Set(nodes.map(({ account }) => account))];
    const { items } = await readAll(`${path}/spreaders?of=accounts&by=descendants`, 3);
    const expected = accounts
      .map((account) => {
        const own = places.filter((place) => nodes[place]?.account === account);
        const below = new Set(own.flatMap((place) => placesBelow(nodes, place)));
        return { accountId: `account${account}`, posts: own.length, descendants: below.size };
      })
      .filter(({ descendants }) => descendants > 0)
      .toSorted((a, b) => b.descendants - a.descendants || compareIds(a.accountId, b.accountId));
    expect(items).toMatchObject(expected);
    expect(items.length).toBe(expected.length);
  });

  test('the direct shares of each post come in both orders', async () => {
    for (const top of places.slice(0, 8)) {
      const children = places.filter((place) => nodes[place]?.parent === top);
      const shares = `/v1/posts/${encodeURIComponent(model.ids[top] ?? '')}/shares`;
      const byTime = children.map((place) => ({ place, value: -(nodes[place]?.timeMs ?? 0) }));
      const bySubtree = children.map((place) => ({ place, value: placesBelow(nodes, place).length }));
      const inTime = await readAll(shares, 4);
      expect(inTime.items.map(({ postId }) => postId)).toEqual(inOrder(model, byTime));
      const inSize = await readAll(`${shares}?order=subtree`, 4);
      expect(inSize.items.map(({ postId }) => postId)).toEqual(inOrder(model, bySubtree));
      expect(inSize.total).toBe(children.length);
    }
  });

  test('expanding everything that a drawing folds up gives exactly the whole', async () => {
    const found = await expand(model.ids[0] ?? '', 5);
    expect([...found.keys()].toSorted()).toEqual(model.ids.toSorted());
    for (const place of places) {
      const expected = { descendants: placesBelow(nodes, place).length, direct: directOf(place) };
      expect(found.get(model.ids[place] ?? '')).toMatchObject(expected);
    }
    const first = await stores.get(`/v1/posts/${encodeURIComponent(model.ids[0] ?? '')}/subtree?limit=10`);
    const shown = Subtree.parse(first.body).items;
    expect(shown.length + shown.reduce((sum, { collapsed }) => sum + collapsed.posts, 0)).toBe(
      // What hangs below a folded post is counted at the post that it is folded into.
      nodes.length,
    );
  });

  test('as of any time it is what a rebuild from the events up to then would be', async () => {
    for (const afterMs of [0, 100, 200, 300, 400]) {
      const atMs = index * 10_000 + afterMs;
      const isMade = (place: number) => (nodes[place]?.timeMs ?? 0) <= atMs;
      const there = places.filter((place) => [place, ...placesAbove(nodes, place)].every(isMade));
      const rebuilt = there.map((place) => ({
        ...(nodes[place] ?? { timeMs: 0, account: 0 }),
        parent: there.indexOf(nodes[place]?.parent ?? -1),
      }));
      const { status, body } = await stores.get(`${path}?at=${new Date(startMs + atMs).toISOString()}`);
      if (there.length === 0) {
        expect([status, body]).toMatchObject([404, { code: 'cascade_not_found' }]);
        continue;
      }
      const truth = bruteForce(rebuilt);
      const largest = there
        .map((place) => ({ place, value: there.filter((other) => nodes[other]?.parent === place).length }))
        .filter(({ value }) => value === truth.mostDirect);
      expect(body).toMatchObject({
        size: truth.size,
        accounts: truth.accounts,
        depthHistogram: truth.histogram,
        wienerIndex: String(truth.wiener),
        structuralVirality: truth.virality,
        leafFraction: truth.leafFraction,
        largestBroadcast: { postId: inOrder(model, largest)[0], shares: truth.mostDirect },
        pending: places.filter(isMade).length - there.length,
      });
    }
  });
});

const Subtree = z.object({
  items: z.array(
    z.looseObject({
      postId: z.string(),
      descendants: z.number(),
      direct: z.number(),
      collapsed: z.object({ shares: z.number(), posts: z.number() }),
    }),
  ),
});

type Shown = z.output<typeof Subtree>['items'][number];

/** Draws a subtree two steps deep and goes on below every post at which something is still folded up. */
async function expand(top: string, limit: number): Promise<Map<string, Shown>> {
  const found = new Map<string, Shown>();
  const { items } = await readAll(`/v1/posts/${encodeURIComponent(top)}/subtree?maxDepth=2`, limit);
  const drawn = Subtree.parse({ items }).items;
  for (const item of drawn) found.set(item.postId, item);
  const [first, ...below] = drawn;
  expect(first?.postId).toBe(top);
  const parents = new Set(items.map(({ parentPostId }) => parentPostId));
  for (const item of below) {
    if (parents.has(item.postId) || item.direct === 0) continue;
    for (const [postId, more] of await expand(item.postId, limit)) found.set(postId, more);
  }
  return found;
}
