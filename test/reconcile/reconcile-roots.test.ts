import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Comparison } from '../../src/reconcile/compare-roots.ts';
import { reconcileRoots } from '../../src/reconcile/reconcile-roots.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';
import {
  baseMs,
  buildCascade,
  openReconciling,
  type Reached,
  writeGraph,
  writeLineage,
  writeShares,
} from './two-stores.ts';

let graph: Graph;
let facts: Facts;
let rootId: string;

beforeAll(async () => {
  graph = await openEmptyGraph();
  ({ facts } = await openFreshFacts());
});
afterAll(async () => {
  await emptyGraph(graph);
  await graph.close();
  await facts.close();
});
beforeEach(() => {
  rootId = `root:${randomUUID()}`;
});

const tree = [0, 0, 1, 1, 3, 2, 5];

async function writeBoth(posts = buildCascade(rootId, tree)): Promise<void> {
  await writeGraph(graph, posts);
  await writeLineage(facts, posts);
  await writeShares(facts, posts);
}

async function compare(reached: Partial<Reached> = {}): Promise<Comparison> {
  const [comparison] = await reconcileRoots(await openReconciling({ graph, facts }, reached), [rootId]);
  if (comparison === undefined) throw new Error('nothing was compared');
  return comparison;
}

async function change(text: string): Promise<void> {
  await graph.command(text.replaceAll('ROOT', rootId));
}

describe('stores that hold the same', () => {
  test('agree, whatever the tree and the ids are', async () => {
    const id = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    const shape = fc.array(fc.nat(), { maxLength: 30 });
    const samples = fc.sample(fc.record({ id, shape }), { numRuns: 10, seed: 11 });
    for (const [index, sample] of samples.entries()) {
      rootId = `${sample.id}-${randomUUID()}`;
      const parents = sample.shape.map((pick, place) => pick % (place + 1));
      await writeBoth(buildCascade(rootId, parents));
      const compared = await compare();
      expect([index, compared.agrees, compared.drift]).toEqual([index, true, 0]);
      expect(compared.facts).toEqual({ shares: parents.length, digest: compared.graph.digest });
    }
  });

  test('the result is kept, under the watermark both had reached', async () => {
    await writeBoth();
    await compare({ seq: 90, linkSeq: 70, factsSeq: 80, lineageLinkSeq: 60 });
    expect(await readStored()).toMatchObject({ graphShares: 7, factsShares: 7, drift: 0, acceptSeq: 80, linkSeq: 60 });
  });

  test('a share that was superseded does not count: the accept number differs', async () => {
    await writeBoth();
    const [, share] = buildCascade(rootId, tree);
    if (share === undefined) throw new Error('no share');
    await writeShares(facts, [{ ...share, seq: 500, parentId: 'another' }]);
    expect(await compare()).toMatchObject({ drift: 0, agrees: true });
  });

  test('what one side has not reached is left out on both', async () => {
    const posts = buildCascade(rootId, tree);
    await writeGraph(graph, posts);
    await writeLineage(facts, posts.slice(0, 6));
    await writeShares(facts, posts.slice(0, 5));
    expect(await compare({ factsSeq: 5, lineageLinkSeq: 6 })).toMatchObject({
      agrees: true,
      drift: 0,
      graph: { shares: 4 },
    });
    expect(await compare({ lineageLinkSeq: 4 })).toMatchObject({ agrees: true, graph: { shares: 3 } });
    expect(await compare({ seq: 3 })).toMatchObject({ agrees: true, graph: { shares: 2 } });
    expect(await compare({ factsSeq: 0, lineageLinkSeq: 0 })).toMatchObject({ agrees: true, graph: { shares: 0 } });
    expect(await compare()).toMatchObject({ agrees: false, drift: -3 });
  });

  test('only the newest generation of lineage counts', async () => {
    const posts = buildCascade(rootId, tree);
    await writeGraph(graph, posts);
    await writeShares(facts, posts);
    await writeLineage(facts, posts.slice(0, 3));
    await writeLineage(facts, posts, 2);
    const counts = { table: 'lineage_generations', columns: ['root_id', 'generation'], token: randomUUID() };
    await facts.insert(counts, [[rootId, 2]]);
    expect(await compare()).toMatchObject({ agrees: true, facts: { shares: 7 } });
  });

  test('cascades compared together do not mix, and an unknown one is empty on both sides', async () => {
    await writeBoth();
    const other = `other-${randomUUID()}`;
    await writeBoth(buildCascade(other, [0, 0]));
    const deps = await openReconciling({ graph, facts });
    const compared = await reconcileRoots(deps, [rootId, other, 'never-seen']);
    expect(compared.map((comparison) => comparison.facts.shares)).toEqual([7, 2, 0]);
    expect(compared.every((comparison) => comparison.agrees)).toBe(true);
    expect(deps.disagreements).toEqual([]);
  });

  test('no cursor, no comparison', async () => {
    const deps = await openReconciling({ graph, facts });
    await graph.command("MATCH (cursor:Cursor {stream: '0'}) DELETE cursor");
    expect(await reconcileRoots(deps, [rootId])).toEqual([]);
  });
});

describe('stores that differ', () => {
  const changes: Array<[string, string, number]> = [
    ['an edge is missing', "MATCH (:Post {id: 'ROOT/s4'})-[edge:SHARED_FROM]->() DELETE edge", 1],
    ['a post is missing', "MATCH (post:Post {id: 'ROOT/s6'}) DETACH DELETE post", 1],
    [
      'an edge is doubled',
      "MATCH (post:Post {id: 'ROOT/s4'})-[:SHARED_FROM]->(parent) CREATE (post)-[:SHARED_FROM]->(parent)",
      -1,
    ],
    [
      'an edge is moved',
      `MATCH (:Post {id: 'ROOT/s4'})-[edge:SHARED_FROM]->() DELETE edge WITH 1 AS one
        MATCH (post:Post {id: 'ROOT/s4'}), (parent:Post {id: 'ROOT/s3'}) CREATE (post)-[:SHARED_FROM]->(parent)`,
      0,
    ],
    [
      'two edges are swapped',
      `MATCH (a:Post {id: 'ROOT/s2'})-[one:SHARED_FROM]->(p), (b:Post {id: 'ROOT/s5'})-[two:SHARED_FROM]->(q)
        DELETE one, two CREATE (a)-[:SHARED_FROM]->(q), (b)-[:SHARED_FROM]->(p)`,
      0,
    ],
    ['a depth is wrong', "MATCH (post:Post {id: 'ROOT/s4'}) SET post.depth = post.depth + 1", 0],
    ['a time is changed', "MATCH (post:Post {id: 'ROOT/s4'}) SET post.createdAt = post.createdAt + 1", 0],
  ];

  test.each(changes)('%s in the graph: shown', async (_name, text, drift) => {
    await writeBoth();
    await change(text);
    const deps = await openReconciling({ graph, facts });
    const [compared] = await reconcileRoots(deps, [rootId]);
    expect(compared).toMatchObject({ drift, agrees: false });
    expect(deps.disagreements).toEqual([rootId]);
    expect(await readStored()).toMatchObject({ drift });
  });

  test.each([
    ['a row is missing', (shares: unknown[]) => shares.slice(1), -1],
    ['a row is there twice', (shares: unknown[]) => [...shares, shares[0]], 1],
  ])('%s in the facts: shown', async (_name, alter, drift) => {
    const posts = buildCascade(rootId, tree);
    await writeGraph(graph, posts);
    await writeLineage(facts, posts);
    const columns = ['share_id', 'accept_seq', 'parent_id', 'shared_at'];
    const shares = posts.slice(1).map((post) => [post.id, post.seq, post.parentId, post.at]);
    await insertEach(columns, alter(shares));
    expect(await compare()).toMatchObject({ drift, agrees: false });
  });

  test('the facts name another parent or another time: shown', async () => {
    const posts = buildCascade(rootId, tree);
    await writeGraph(graph, posts);
    await writeLineage(facts, posts);
    await writeShares(
      facts,
      posts.map((post) => (post.depth === 2 ? { ...post, parentId: 'another', at: baseMs } : post)),
    );
    expect(await compare()).toMatchObject({ drift: 0, agrees: false });
  });

  test('a cascade that is being moved is not judged until lineage has followed', async () => {
    const posts = buildCascade(rootId, tree);
    await writeLineage(facts, posts);
    await writeShares(facts, posts);
    const deps = await openReconciling({ graph, facts }, { lineageLinkSeq: 50 });
    await change("CREATE (:Dissolving {rootId: 'ROOT'})");
    expect(await reconcileRoots(deps, [rootId])).toEqual([]);
    await change(
      "MATCH (work:Dissolving {rootId: 'ROOT'}) DELETE work CREATE (:RootChange {rootId: 'ROOT', linkSeq: 51})",
    );
    expect(await reconcileRoots(deps, [rootId])).toEqual([]);
    expect(deps.disagreements).toEqual([]);
    const followed = await openReconciling({ graph, facts }, { lineageLinkSeq: 51 });
    expect(await reconcileRoots(followed, [rootId])).toMatchObject([{ drift: 7, agrees: false }]);
  });
});

/** One insert a row: the same block twice would count once. */
async function insertEach(columns: string[], rows: readonly unknown[]): Promise<void> {
  for (const row of rows) {
    if (Array.isArray(row)) await facts.insert({ table: 'shares', columns, token: randomUUID() }, [row]);
  }
}

const findStored = {
  path: 'the last result of one cascade',
  text: `SELECT graph_shares AS graphShares, facts_shares AS factsShares, drift, accept_seq AS acceptSeq,
      link_seq AS linkSeq, graph_digest AS graphDigest, facts_digest AS factsDigest
    FROM reconciliations WHERE root_id = {rootId:String} ORDER BY reconciled_at DESC LIMIT 1`,
  params: z.object({ rootId: z.string() }),
  row: z.object({
    graphShares: z.number(),
    factsShares: z.number(),
    drift: z.number(),
    acceptSeq: z.number(),
    linkSeq: z.number(),
    graphDigest: z.string(),
    factsDigest: z.string(),
  }),
};

async function readStored(): Promise<z.output<typeof findStored.row> | undefined> {
  const [row] = await facts.select(findStored, { rootId });
  return row;
}
