import fc from 'fast-check';
import { z } from 'zod';
import type { Graph } from '../../../src/graph/graph.ts';
import { type Cursor, ownCursor } from '../../../src/project/graph/cursor.ts';
import { dissolveRoot } from '../../../src/project/graph/dissolve-root.ts';
import { linkWaiting } from '../../../src/project/graph/link-waiting.ts';
import { projectGraphBatch } from '../../../src/project/graph/project-graph-batch.ts';
import type { GraphChange } from '../../../src/project/linking/graph-change.ts';
import { emptyGraph, openEmptyGraph } from '../../setup/open-test-stores.ts';
import { arbitraryChanges } from '../linking/arbitrary-changes.ts';
import { MemoryGraph } from '../linking/memory-graph.ts';

const dumpPosts = {
  path: 'a dump of every post',
  text: `MATCH (post:Post)
    RETURN post.id AS id, post.state AS state, post.rootId AS rootId, post.depth AS depth, post.authorId AS authorId,
      post.createdAt AS createdAt, head([(post)-[:SHARED_FROM]->(parent) | parent.id]) AS parentId,
      coalesce(post.assumed, false) AS assumed, post.removedAt AS removedAt, post.claimedParentId AS claimedParentId,
      CASE WHEN post.state = 'pending' THEN post.rootHint END AS rootHint`,
  params: z.object({}),
  row: z.looseObject({}),
};

let graph: Graph;

beforeAll(async () => {
  graph = await openEmptyGraph();
});

afterAll(async () => {
  await graph.close();
});

async function dump(): Promise<string> {
  const rows = await graph.read(dumpPosts, {});
  return rows
    .map((row) => JSON.stringify(Object.values(row)))
    .sort()
    .join('\n');
}

/** Every batch stands for one stretch of the log; the limits are small, so that work is left over again and again. */
async function project(batches: GraphChange[][]): Promise<void> {
  await emptyGraph(graph);
  let cursor: Cursor = await ownCursor(graph, 'test');
  for (const [index, changes] of batches.entries()) {
    const place = { after: cursor.position, position: `${index + 1}-0`, seq: index, acceptedAt: 0 };
    ({ cursor } = await projectGraphBatch({ graph }, cursor, { changes, ...place }));
    if (index % 2 === 0) cursor = await workOnce(cursor).then((worked) => worked.cursor);
  }
  let more = true;
  while (more) ({ cursor, more } = await workOnce(cursor));
}

async function workOnce(cursor: Cursor): Promise<{ cursor: Cursor; more: boolean }> {
  const dissolved = await dissolveRoot({ graph }, cursor, 3);
  if (dissolved.more) return dissolved;
  return linkWaiting({ graph }, cursor, { maxPosts: 4, maxWork: 2 });
}

function cut(changes: GraphChange[], size: number): GraphChange[][] {
  const batches: GraphChange[][] = [];
  for (let from = 0; from < changes.length; from += size) batches.push(changes.slice(from, from + size));
  return batches;
}

describe('the graph projector on the real store', () => {
  const sets = fc.sample(arbitraryChanges, { numRuns: 10, seed: 20260101 });

  test.each(sets.map((changes, index) => [index, changes] as const))(
    'set %i: two shuffled orders, with repeats, give the dump of the model',
    async (index, changes) => {
      const model = new MemoryGraph();
      model.apply(changes);
      model.settle();
      for (const seed of [index, index + 100]) {
        const [order = []] = fc.sample(fc.shuffledSubarray(changes, { minLength: changes.length }), {
          numRuns: 1,
          seed,
        });
        await project(cut([...order, ...order.slice(0, 3)], (seed % 4) + 1));
        expect(await dump()).toBe(model.dump());
      }
    },
  );

  test('a projector of an earlier epoch writes nothing', async () => {
    await emptyGraph(graph);
    const frozen = await ownCursor(graph, 'test');
    await ownCursor(graph, 'test');
    const batch = { changes: sets[0] ?? [], after: '0-0', position: '1-0', seq: 1, acceptedAt: 0 };
    await expect(projectGraphBatch({ graph }, frozen, batch)).rejects.toThrow('has ended');
    expect(await dump()).toBe('');
  });

  test('a batch whose reply was lost is written once', async () => {
    await emptyGraph(graph);
    const cursor = await ownCursor(graph, 'test');
    const batch = { changes: sets[1] ?? [], after: '0-0', position: '1-0', seq: 1, acceptedAt: 0 };
    await projectGraphBatch({ graph }, cursor, batch);
    const before = await dump();
    await projectGraphBatch({ graph }, cursor, batch);
    expect(await dump()).toBe(before);
  });

  test('a chain of 3,000 that arrives backwards, its root last, is linked whole', async () => {
    const length = 3000;
    const chain = Array.from(
      { length },
      (_, index): GraphChange => ({
        kind: 'share',
        acceptSeq: index + 2,
        eventId: `chain-e${index}`,
        postId: `chain-${index + 1}`,
        parentId: `chain-${index}`,
        authorId: 'someone',
        createdAt: index,
        rootHint: null,
        method: null,
        confidence: null,
      }),
    );
    await project(cut(chain.reverse(), 1000));
    let cursor = await ownCursor(graph, 'test');
    const root: GraphChange = {
      kind: 'post',
      acceptSeq: 1,
      eventId: 'r',
      postId: 'chain-0',
      authorId: 'a',
      createdAt: 0,
    };
    const batch = { changes: [root], after: cursor.position, position: '99-0', seq: 99, acceptedAt: 0 };
    ({ cursor } = await projectGraphBatch({ graph }, cursor, batch));
    let more = true;
    while (more) ({ cursor, more } = await linkWaiting({ graph }, cursor, { maxPosts: 1000, maxWork: 100 }));
    const rows = await graph.read(dumpPosts, {});
    expect(rows.filter((row) => row['state'] === 'linked' && row['rootId'] === 'chain-0')).toHaveLength(length + 1);
    expect(Math.max(...rows.map((row) => Number(row['depth'])))).toBe(length);
  });
});
