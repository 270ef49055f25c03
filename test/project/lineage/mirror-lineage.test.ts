import fc from 'fast-check';
import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { type Claim, openClaim } from '../../../src/project/claim.ts';
import { type Cursor, ownCursor } from '../../../src/project/graph/cursor.ts';
import { dissolveRoot } from '../../../src/project/graph/dissolve-root.ts';
import { linkWaiting } from '../../../src/project/graph/link-waiting.ts';
import { projectGraphBatch } from '../../../src/project/graph/project-graph-batch.ts';
import { mirrorLineage } from '../../../src/project/lineage/mirror-lineage.ts';
import type { PlacesMemory } from '../../../src/project/lineage/places-memory.ts';
import type { GraphChange } from '../../../src/project/linking/graph-change.ts';
import { openTestLog } from '../../setup/open-test-log.ts';
import { emptyGraph, openEmptyGraph, openFreshFacts } from '../../setup/open-test-stores.ts';
import { arbitraryChanges } from '../linking/arbitrary-changes.ts';

const readLineage = {
  path: 'lineage that counts, with its parents',
  text: `SELECT l.root_id AS rootId, l.seq AS seq, l.post_id AS postId, l.parent_id AS parentId, l.parent_seq AS parentSeq,
      l.depth AS depth, l.account_id AS accountId, l.account_ord AS accountOrd
    FROM lineage AS l LEFT JOIN (SELECT root_id, max(generation) AS current FROM lineage_generations GROUP BY root_id) AS g
      ON g.root_id = l.root_id
    WHERE l.generation = g.current ORDER BY rootId, seq`,
  params: z.object({}),
  row: z.object({
    rootId: z.string(),
    seq: z.number(),
    postId: z.string(),
    parentId: z.string(),
    parentSeq: z.number(),
    depth: z.number(),
    accountId: z.string(),
    accountOrd: z.number(),
  }),
};

const readGraph = {
  path: 'every linked post of the graph',
  text: `MATCH (post:Post {state: 'linked'})
    RETURN post.rootId AS rootId, post.id AS postId, post.depth AS depth, coalesce(post.authorId, '') AS accountId,
      coalesce(head([(post)-[:SHARED_FROM]->(parent) | parent.id]), '') AS parentId`,
  params: z.object({}),
  row: z.object({
    rootId: z.string(),
    postId: z.string(),
    depth: z.number(),
    accountId: z.string(),
    parentId: z.string(),
  }),
};

let graph: Graph;
let facts: Facts;
let log: Log;

beforeAll(async () => {
  graph = await openEmptyGraph();
});
afterAll(async () => {
  await graph.close();
});
beforeEach(async () => {
  await emptyGraph(graph);
  ({ facts } = await openFreshFacts());
  log = await openTestLog();
});
afterEach(async () => {
  log.close();
  await facts.close();
});

async function claimLineage(): Promise<Claim> {
  const lease = await log.projectors.claim('lineage', 'this-test', 60_000);
  if (lease === null) throw new Error('the lease is held by another');
  return openClaim(log, lease);
}

async function mirrorAll(claim: Claim, memory: PlacesMemory, target: Facts = facts): Promise<void> {
  let before = '';
  while (before !== claim.position || claim.prepared !== null) {
    before = claim.position;
    await mirrorLineage({ graph, facts: target }, claim, memory, {
      maxPosts: 7,
      maxPlaces: 10,
      upTo: Number.MAX_SAFE_INTEGER,
    });
  }
}

async function project(cursor: Cursor, changes: GraphChange[]): Promise<Cursor> {
  const [number = '0'] = cursor.position.split('-');
  const position = `${Number(number) + 1}-0`;
  const batch = { changes, after: cursor.position, position, seq: 0, acceptedAt: 0 };
  let { cursor: moved } = await projectGraphBatch({ graph }, cursor, batch);
  for (let more = true; more; ) ({ cursor: moved, more } = await dissolveRoot({ graph }, moved, 5));
  for (let more = true; more; )
    ({ cursor: moved, more } = await linkWaiting({ graph }, moved, { maxPosts: 5, maxWork: 5 }));
  return moved;
}

async function expectMirrored(): Promise<void> {
  const lineage = await facts.select(readLineage, {});
  const linked = await graph.read(readGraph, {});
  const shape = ({ rootId, postId, parentId, depth, accountId }: z.output<typeof readGraph.row>) =>
    [rootId, postId, parentId, String(depth), accountId].join(' ');
  expect(lineage.map(shape).sort()).toEqual(linked.map(shape).sort());
  const bySeq = new Map(lineage.map((row) => [`${row.rootId} ${row.seq}`, row]));
  for (const row of lineage) {
    if (row.seq > 0) expect(bySeq.has(`${row.rootId} ${row.seq - 1}`)).toBe(true);
    if (row.depth === 0) expect(row.seq).toBe(0);
    else {
      expect(row.parentSeq).toBeLessThan(row.seq);
      expect(bySeq.get(`${row.rootId} ${row.parentSeq}`)?.postId).toBe(row.parentId);
    }
  }
  for (const rootId of new Set(lineage.map((row) => row.rootId))) {
    const rows = lineage.filter((row) => row.rootId === rootId);
    const ords = new Map(rows.map((row) => [row.accountId, row.accountOrd]));
    for (const row of rows) expect(row.accountOrd).toBe(ords.get(row.accountId));
    expect([...ords.values()].sort((left, right) => left - right)).toEqual([...ords.keys()].map((_, index) => index));
  }
}

describe('the lineage mirror', () => {
  const sets = fc.sample(arbitraryChanges, { numRuns: 8, seed: 7 });

  test.each(sets.map((changes, index) => [index, changes] as const))(
    'set %i: equals the graph after every batch, with memory lost in between',
    async (_index, changes) => {
      let cursor = await ownCursor(graph, 'test');
      const claim = await claimLineage();
      let memory: PlacesMemory = new Map();
      for (let from = 0; from < changes.length; from += 5) {
        cursor = await project(cursor, changes.slice(from, from + 5));
        await mirrorAll(claim, memory);
        if (from % 10 === 0) memory = new Map();
        await expectMirrored();
      }
    },
  );

  test('a stretch whose answer was lost is there once, with places that go on from it', async () => {
    const original: GraphChange = {
      kind: 'post',
      acceptSeq: 1,
      eventId: 'e',
      postId: 'root',
      authorId: 'a',
      createdAt: 1,
    };
    const share = (index: number): GraphChange => ({
      kind: 'share',
      acceptSeq: index + 2,
      eventId: `e${index}`,
      postId: `s${index}`,
      parentId: index === 0 ? 'root' : `s${index - 1}`,
      authorId: `a${index % 3}`,
      createdAt: 2,
      rootHint: null,
      method: null,
      confidence: null,
    });
    let cursor = await ownCursor(graph, 'test');
    cursor = await project(cursor, [original, ...Array.from({ length: 9 }, (_, index) => share(index))]);
    let lost = false;
    const losing: Facts = {
      ...facts,
      insert: async (target, rows) => {
        await facts.insert(target, rows);
        if (lost) return;
        lost = true;
        throw new Error('the answer was lost');
      },
    };
    const claim = await claimLineage();
    await expect(mirrorAll(claim, new Map(), losing)).rejects.toThrow('lost');
    await project(
      cursor,
      Array.from({ length: 9 }, (_, index) => share(index + 9)),
    );
    await mirrorAll(await claimLineage(), new Map());
    await expectMirrored();
    expect(await facts.select(readLineage, {})).toHaveLength(19);
  });
});
