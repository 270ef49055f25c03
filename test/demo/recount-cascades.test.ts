import fc from 'fast-check';
import { type PlainEvent, type Recount, recountCascades } from './recount-cascades.ts';

const startMs = Date.parse('2026-01-01T00:00:00.000Z');

function created(postId: string, userId = 'author', second = 0): PlainEvent {
  const timestamp = new Date(startMs + second * 1_000).toISOString();
  return { eventId: `e-${postId}`, eventName: 'post_created', userId, timestamp, data: { postId } };
}

function shared(
  shareId: string,
  from: string,
  more: { userId?: string; second?: number; hint?: string } = {},
): PlainEvent {
  const { userId = `by-${shareId}`, second = 1, hint } = more;
  const timestamp = new Date(startMs + second * 1_000).toISOString();
  const data = { postId: from, shareId, ...(hint === undefined ? {} : { rootPostId: hint }) };
  return { eventId: `e-${shareId}`, eventName: 'post_share', userId, timestamp, data };
}

function only(events: PlainEvent[], rootPostId: string): Recount {
  const cascade = recountCascades(events).cascades.get(rootPostId);
  if (cascade === undefined) throw new Error(`no cascade ${rootPostId}`);
  return cascade;
}

/** The mean distance of all pairs, by walking the tree from every post. */
function walkEveryPair(parents: readonly number[]): number {
  const size = parents.length + 1;
  const neighbours = Array.from({ length: size }, (): number[] => []);
  parents.forEach((parent, index) => {
    neighbours[parent]?.push(index + 1);
    neighbours[index + 1]?.push(parent);
  });
  let sum = 0;
  for (let from = 0; from < size; from += 1) {
    const distances = new Map([[from, 0]]);
    for (const [post, distance] of distances) {
      sum += distance;
      for (const next of neighbours[post] ?? []) if (!distances.has(next)) distances.set(next, distance + 1);
    }
  }
  return sum / (size * (size - 1));
}

describe('recounting cascades', () => {
  test('the example of the share-chain description: 1/5/12 and two more', () => {
    const events = [
      created('1'),
      shared('5', '1'),
      shared('7', '1'),
      shared('12', '5', { second: 2 }),
      shared('45', '12', { second: 3 }),
    ];
    expect(only(events, '1')).toMatchObject({
      size: 5,
      shares: 4,
      accounts: 5,
      depth: 3,
      meanDepth: 1.4,
      depthHistogram: [1, 2, 1, 1],
      maxBreadth: 2,
      structuralVirality: 2,
      wienerIndex: 20n,
      leafFraction: 0.4,
      broadcastRatio: 0.5,
      largestBroadcast: { postId: '1', shares: 2 },
      pending: 0,
    });
  });

  test('a lone post has no virality and no share times', () => {
    expect(only([created('a')], 'a')).toMatchObject({
      size: 1,
      shares: 0,
      depth: 0,
      depthHistogram: [1],
      structuralVirality: null,
      broadcastRatio: null,
      firstShareAtMs: null,
      lastShareAtMs: null,
      timeToDepth: [],
      timeToSize: [],
    });
  });

  test('a share whose parent never came is pending for the root it names, and so are those below it', () => {
    const events = [created('a'), shared('c', 'b', { hint: 'a' }), shared('d', 'c', { hint: 'a' }), shared('e', 'b')];
    const { cascades, pendingPostIds } = recountCascades(events);
    expect(cascades.get('a')).toMatchObject({ shares: 0, pending: 2 });
    expect(pendingPostIds).toEqual(['c', 'd', 'e']);
  });

  test('accounts of two networks are two accounts', () => {
    const other = { ...shared('b', 'a', { userId: 'author' }), metadata: { network: 'shorts' } };
    expect(only([created('a'), other, shared('c', 'a', { userId: 'author' })], 'a').accounts).toBe(2);
  });

  test('a ring of shares belongs to no cascade', () => {
    expect(recountCascades([shared('a', 'b'), shared('b', 'a')]).cascades.size).toBe(0);
  });

  test('order does not matter, and virality is the mean distance of all pairs', () => {
    const tree = fc
      .array(fc.nat(), { minLength: 1, maxLength: 40 })
      .map((draws) => draws.map((draw, index) => draw % (index + 1)));
    fc.assert(
      fc.property(tree, fc.infiniteStream(fc.nat()), (parents, order) => {
        const events = [created('0'), ...parents.map((parent, index) => shared(String(index + 1), String(parent)))];
        const straight = only(events, '0');
        const keyed = events.map((event) => ({ event, key: order.next().value ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ event }) => event);
        expect(only(shuffled, '0')).toEqual(straight);
        expect(straight.structuralVirality).toBeCloseTo(walkEveryPair(parents), 9);
      }),
    );
  });
});
