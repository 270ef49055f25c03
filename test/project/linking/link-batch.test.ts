import fc from 'fast-check';
import type { GraphChange, ShareChange } from '../../../src/project/linking/graph-change.ts';
import { arbitraryChanges } from './arbitrary-changes.ts';
import { MemoryGraph } from './memory-graph.ts';

const at = Date.UTC(2026, 0, 1);

function original(id: string, acceptSeq = 1): GraphChange {
  return { kind: 'post', acceptSeq, eventId: `e-${id}`, postId: id, authorId: `by-${id}`, createdAt: at };
}

function share(id: string, parentId: string, extra: Partial<ShareChange> = {}): ShareChange {
  return {
    kind: 'share',
    acceptSeq: 2,
    eventId: `e-${id}`,
    postId: id,
    parentId,
    authorId: `by-${id}`,
    createdAt: at + 1000,
    rootHint: null,
    method: null,
    confidence: null,
    ...extra,
  };
}

function settled(...batches: GraphChange[][]): MemoryGraph {
  const graph = new MemoryGraph();
  for (const batch of batches) {
    graph.apply(batch);
    graph.settle();
  }
  return graph;
}

describe('linkBatch', () => {
  test('links a chain within one batch, whatever the order inside it', () => {
    const graph = settled([share('c', 'b'), original('a'), share('b', 'a')]);
    expect(graph.posts.get('c')).toMatchObject({ state: 'linked', rootId: 'a', depth: 2 });
  });

  test('keeps a share pending until its parent comes', () => {
    const graph = settled([share('b', 'a')]);
    expect(graph.posts.get('b')).toMatchObject({ state: 'pending', rootId: null, depth: null });
    expect(graph.posts.get('a')).toMatchObject({ state: 'stub' });
    graph.apply([original('a')]);
    graph.settle();
    expect(graph.posts.get('b')).toMatchObject({ state: 'linked', rootId: 'a', depth: 1 });
  });

  test('lets an unknown parent serve as a provisional root until its own event comes', () => {
    const graph = settled([share('b', 'a', { rootHint: 'a' })]);
    expect(graph.posts.get('a')).toMatchObject({ state: 'linked', assumed: true, rootId: 'a', authorId: null });
    expect(graph.posts.get('b')).toMatchObject({ state: 'linked', depth: 1 });
    graph.apply([original('a')]);
    expect(graph.posts.get('a')).toMatchObject({ assumed: false, authorId: 'by-a' });
  });

  test('moves a provisional root and all below it when it turns out to be a share', () => {
    const graph = settled([share('b', 'a', { rootHint: 'a' }), share('c', 'b')], [share('a', 'top')]);
    expect(graph.posts.get('c')).toMatchObject({ state: 'pending', rootId: null });
    graph.apply([original('top')]);
    graph.settle();
    expect(graph.posts.get('c')).toMatchObject({ state: 'linked', rootId: 'top', depth: 3 });
  });

  test('quarantines the greatest (createdAt, id) of a ring and leaves the others pending', () => {
    const ring = [share('a', 'b'), share('b', 'c', { createdAt: at + 9000 }), share('c', 'a')];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const graph = settled(...order.map((index) => ring.slice(index, index + 1)));
      expect([...graph.posts.values()].map((post) => [post.id, post.state]).sort()).toEqual([
        ['a', 'pending'],
        ['b', 'quarantined'],
        ['c', 'pending'],
      ]);
    }
  });

  test('the first of two events that make the same post stands, by accept order', () => {
    const graph = settled([original('a'), share('b', 'a')], [share('b', 'x', { eventId: 'other', acceptSeq: 3 })]);
    expect(graph.posts.get('b')).toMatchObject({ parentId: 'a', eventId: 'e-b' });
    expect(graph.refused).toEqual(['other']);
  });

  test('the same event once more changes nothing and is no conflict', () => {
    const graph = settled([original('a'), share('b', 'a')]);
    const before = graph.dump();
    graph.apply([share('b', 'a', { acceptSeq: 9 }), original('a', 10)]);
    expect(graph.dump()).toBe(before);
    expect(graph.refused).toEqual([]);
  });

  test('10,000 orders, cut into any batches and with work between them, give the same posts', () => {
    let orders = 0;
    fc.assert(
      fc.property(
        arbitraryChanges.chain((changes) =>
          fc.record({
            changes: fc.constant(changes),
            shuffles: fc.array(
              fc.record({
                order: fc.shuffledSubarray(changes, { minLength: changes.length }),
                cuts: fc.array(fc.integer({ min: 1, max: 6 }), {
                  minLength: changes.length,
                  maxLength: changes.length,
                }),
                steps: fc.array(fc.nat(3), { minLength: changes.length, maxLength: changes.length }),
              }),
              { minLength: 20, maxLength: 20 },
            ),
          }),
        ),
        ({ changes, shuffles }) => {
          const expected = new MemoryGraph();
          expected.apply(changes);
          expected.settle();
          for (const { order, cuts, steps } of shuffles) {
            orders += 1;
            expect(inPieces(order, cuts, steps).dump()).toBe(expected.dump());
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(orders).toBe(10_000);
  });
});

/** Duplicates a change now and then, as a log after a crash might. */
function inPieces(order: GraphChange[], cuts: number[], steps: number[]): MemoryGraph {
  const graph = new MemoryGraph();
  let from = 0;
  for (let index = 0; from < order.length; index += 1) {
    const upTo = from + (cuts[index] ?? 1);
    graph.apply(order.slice(Math.max(0, from - 1), upTo));
    for (let step = 0; step < (steps[index] ?? 0); step += 1) graph.work();
    from = upTo;
  }
  graph.settle();
  return graph;
}
