import fc from 'fast-check';
import { z } from 'zod';
import type { GraphChange } from '../../src/project/linking/graph-change.ts';
import { bruteForce } from './brute-force.ts';
import { type CascadeStores, openCascadeStores } from './cascade-stores.ts';
import { post, share } from './changes.ts';
import type { Node } from './tree.ts';

// Cascades as public data has them: children before their parents, in arrival and in time; parents that never come; the
// same edge twice; rings; several parents named for one share.

let stores: CascadeStores;

beforeAll(async () => {
  stores = await openCascadeStores();
}, 60_000);
afterAll(() => stores.close());

const roots = 3;
const shares = 30;

/** An event about post number `id` (the first three are originals), shared from `parent`, which may be anyone or nobody. */
const drawnEvent = fc.record({
  id: fc.integer({ min: roots, max: roots + shares }),
  parent: fc.oneof(
    { weight: 6, arbitrary: fc.nat(roots + shares) },
    { weight: 3, arbitrary: fc.nat(roots - 1) },
    { weight: 1, arbitrary: fc.constant(999) },
  ),
  account: fc.nat(9),
  afterMs: fc.nat(50),
});
type Drawn = { id: number; parent: number; account: number; afterMs: number };

/** 90 events about 31 shares: most are named two or three times, mostly with another parent. */
const drawnCascades = fc.tuple(
  fc.array(drawnEvent, { minLength: 60, maxLength: 90 }),
  fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  fc.nat(60),
);

type State = 'linked' | 'pending' | 'quarantined';

/** What stands by the rules alone: the first event about a post; of a complete ring the latest member gives way. */
class Model {
  readonly events = new Map<number, Drawn>();

  constructor(accepted: readonly Drawn[]) {
    for (const event of accepted) if (!this.events.has(event.id)) this.events.set(event.id, event);
  }

  stateOf(id: number): State {
    const above = this.chainAbove(id);
    if (above.ring.includes(id) && this.lastOf(above.ring) === id) return 'quarantined';
    return above.end !== null && above.end < roots ? 'linked' : 'pending';
  }

  /** Where following parents leads: to a post that is nobody's share, or around in a ring. */
  private chainAbove(id: number): { end: number | null; ring: number[] } {
    const seen: number[] = [];
    for (let at = id; ; ) {
      const event = this.events.get(at);
      if (at < roots) return { end: at, ring: [] };
      if (event === undefined) return { end: null, ring: [] };
      if (seen.includes(at)) return { end: null, ring: seen.slice(seen.indexOf(at)) };
      seen.push(at);
      at = event.parent;
    }
  }

  private lastOf(ring: readonly number[]): number | undefined {
    const key = (id: number) => [this.events.get(id)?.afterMs ?? 0, nameOf(id)] as const;
    return ring.toSorted((one, other) => {
      const [atOne, nameOne] = key(one);
      const [atOther, nameOther] = key(other);
      return atOther - atOne || Buffer.compare(Buffer.from(nameOther), Buffer.from(nameOne));
    })[0];
  }

  /** The tree below one original, parents first. */
  treeOf(root: number): { nodes: Node[]; ids: number[] } {
    const ids = [root];
    const nodes: Node[] = [{ parent: -1, timeMs: 20 + root, account: 100 + root }];
    for (let place = 0; place < ids.length; place += 1) {
      for (const { id, parent, afterMs, account } of this.events.values()) {
        if (parent !== ids[place] || this.stateOf(id) !== 'linked') continue;
        ids.push(id);
        nodes.push({ parent: place, timeMs: afterMs, account });
      }
    }
    return { nodes, ids };
  }
}

let round = 0;
const nameOf = (id: number) => `messy ${round} ${id}`;

function toChanges(events: readonly Drawn[], order: readonly number[], originalsAt: number): GraphChange[] {
  const changes: GraphChange[] = events.map(({ id, parent, account, afterMs }, index) => ({
    ...share(nameOf(id), { of: nameOf(parent), by: `a${account}`, afterMs }),
    eventId: `${nameOf(id)} told ${index}`,
  }));
  const originals = order.map((root) => post(nameOf(root), `a${100 + root}`, 20 + root));
  return [...changes.slice(0, originalsAt), ...originals, ...changes.slice(originalsAt)].map((change, index) => ({
    ...change,
    acceptSeq: round * 1000 + index + 1,
  }));
}

const Summary = z.looseObject({ wienerIndex: z.string(), depthHistogram: z.array(z.number()) });

test('whatever comes, in any order, the cascades are those of the first word about each share', async () => {
  await fc.assert(
    fc.asyncProperty(drawnCascades, async ([drawn, order, originalsAt]) => {
      round += 1;
      // The door refuses a share of itself, so none comes as far as here.
      const events = drawn.filter(({ id, parent }) => id !== parent);
      const changes = toChanges(events, order, originalsAt);
      for (let from = 0; from < changes.length; from += 20) await stores.project(changes.slice(from, from + 20));
      const model = new Model(events);
      for (let root = 0; root < roots; root += 1) {
        const { nodes, ids } = model.treeOf(root);
        const truth = bruteForce(nodes);
        const { body } = await stores.get(`/v1/cascades/${encodeURIComponent(nameOf(root))}`);
        expect(Summary.parse(body)).toMatchObject({
          size: truth.size,
          accounts: truth.accounts,
          depthHistogram: truth.histogram,
          wienerIndex: String(truth.wiener),
          structuralVirality: truth.virality,
          largestBroadcast: { shares: truth.mostDirect },
        });
        const leaf = ids.at(-1) ?? root;
        const { body: path } = await stores.get(`/v1/posts/${encodeURIComponent(nameOf(leaf))}/path`);
        expect(path).toMatchObject({ rootPostId: nameOf(root), depth: bruteForce(nodes).depth });
      }
      for (const id of model.events.keys()) {
        const { body } = await stores.get(`/v1/posts/${encodeURIComponent(nameOf(id))}`);
        expect([id, body]).toMatchObject([id, { state: model.stateOf(id) }]);
      }
    }),
    { numRuns: 6, seed: 9, endOnFailure: true },
  );
}, 180_000);
