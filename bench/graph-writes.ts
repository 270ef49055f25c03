import { randomUUID } from 'node:crypto';
import neo4j, { type Driver } from 'neo4j-driver';
import { hashId } from '../src/event/hash-id.ts';
import { openGraph } from '../src/graph/graph.ts';
import { migrateGraph } from '../src/graph/migrate-graph.ts';
import { tallyEntry } from '../src/project/graph/batch/tally.ts';
import { type Cursor, ownCursor } from '../src/project/graph/cursor.ts';
import { projectGraphBatch } from '../src/project/graph/project-graph-batch.ts';
import type { ShareChange } from '../src/project/linking/graph-change.ts';
import type { BenchEntry, Measurement } from './measurement.ts';

const batchSize = 5000;
const batchesARound = 3;
const singlesARound = 400;
const stream = 'bench';

type Share = { id: string; parentId: string; rootId: string; depth: number; authorId: string; at: number; seq: number };

/** A random tree: every share's parent is drawn from the posts before it, so most parents are in the same batch. */
function drawShares(count: number): Share[] {
  const root = `bench-${randomUUID()}`;
  const shares: Share[] = [];
  for (let index = 0; index < count; index += 1) {
    const parent = shares[Math.floor(Math.random() * index * 1.02)];
    shares.push({
      id: `${root}-${index}`,
      parentId: parent?.id ?? root,
      rootId: root,
      depth: (parent?.depth ?? 0) + 1,
      authorId: `bench-account-${Math.floor(Math.random() * 50_000)}`,
      at: Date.now() + index,
      seq: index + 1,
    });
  }
  return shares;
}

function toChange(share: Share): ShareChange {
  return {
    kind: 'share',
    acceptSeq: share.seq,
    eventId: share.id,
    postId: share.id,
    parentId: share.parentId,
    authorId: share.authorId,
    createdAt: share.at,
    rootHint: null,
    method: null,
    confidence: null,
  };
}

const rawAccounts = 'UNWIND $rows AS row WITH DISTINCT row.authorId AS id MERGE (:Account {id: id})';
const rawPosts = `UNWIND $rows AS row MATCH (account:Account {id: row.authorId})
  CREATE (account)-[:AUTHORED]->(:Post {id: row.id, state: 'linked', rootId: row.rootId, depth: row.depth,
    authorId: row.authorId, createdAt: row.at, acceptSeq: row.seq, linkSeq: row.linkSeq, h1: row.h1, h2: row.h2})`;
const rawEdges = `UNWIND $rows AS row MATCH (child:Post {id: row.id}) MATCH (parent:Post {id: row.parentId})
  CREATE (child)-[:SHARED_FROM {at: row.at}]->(parent)`;
const makeRoot =
  "MERGE (post:Post {id: $id}) SET post.state = 'linked', post.rootId = $id, post.depth = 0, post.linkSeq = 0";
const countStored = `MATCH (post:Post {rootId: $id}) WHERE post.id <> $id
  OPTIONAL MATCH (post)-[edge:SHARED_FROM]->() OPTIONAL MATCH (post)<-[authored:AUTHORED]-()
  RETURN count(DISTINCT post) AS posts, count(edge) AS edges, count(authored) AS authored`;
const removeAll = `MATCH (post:Post) WHERE post.id STARTS WITH 'bench-' CALL (post) { DETACH DELETE post } IN TRANSACTIONS OF 5000 ROWS`;

type Runner = {
  makeRoot(share: Share | undefined): Promise<void>;
  raw(shares: readonly Share[]): Promise<void>;
  ours(shares: readonly Share[]): Promise<void>;
  stored(share: Share | undefined): Promise<number>;
};

/** Batches against raw UNWIND statements that write the same nodes and edges, and against one share a transaction. */
export const graphWritesEntry: BenchEntry = {
  name: 'graph-writes',
  measure: async (rounds) => {
    const endpoint = { url: env('NEO4J_URL'), user: env('NEO4J_USER'), password: env('NEO4J_PASSWORD') };
    const driver = neo4j.driver(endpoint.url, neo4j.auth.basic(endpoint.user, endpoint.password));
    const graph = openGraph({ ...endpoint, database: 'neo4j', poolSize: 4, timeoutMs: 60_000 });
    await migrateGraph(graph);
    let cursor = await ownCursor(graph, stream);
    const ours = async (shares: readonly Share[]) => {
      cursor = await projectBatch(graph, cursor, shares);
    };
    const runner = { ...rawRunner(driver), ours };
    const batches: Measurement = { ...blank, name: 'graph-writes vs raw batches', bar: { ratioAtLeast: 0.7 } };
    const singles: Measurement = { ...blank, name: 'graph-writes vs one a transaction', bar: { ratioAtLeast: 30 } };
    for (const measurement of [batches, singles]) Object.assign(measurement, { ours: [], baseline: [] });
    for (let round = -1; round < rounds; round += 1) await measureRound(runner, batches, singles, round);
    await run(driver, removeAll, {});
    await run(driver, 'MATCH (cursor:Cursor {stream: $stream}) DELETE cursor', { stream });
    await graph.close();
    await driver.close();
    return [batches, singles];
  },
};

const blank = { unit: 'shares/s', ours: [], baseline: [], equal: true };

/** The first round, numbered -1, warms up and is not counted. Ours and the baseline take turns in going first. */
async function measureRound(runner: Runner, batches: Measurement, singles: Measurement, round: number): Promise<void> {
  const count = batchSize * batchesARound;
  const timed: Record<'ours' | 'raw' | 'single', number> = { ours: 0, raw: 0, single: 0 };
  const kinds = round % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const);
  for (const kind of kinds) timed[kind] = await timeWrites(runner, kind, { count, size: batchSize }, batches);
  timed.single = await timeWrites(runner, 'raw', { count: singlesARound, size: 1 }, singles);
  if (round < 0) return;
  batches.ours.push(count / timed.ours);
  batches.baseline.push(count / timed.raw);
  singles.ours.push(count / timed.ours);
  singles.baseline.push(singlesARound / timed.single);
}

async function timeWrites(
  runner: Runner,
  kind: 'ours' | 'raw',
  { count, size }: { count: number; size: number },
  measurement: Measurement,
): Promise<number> {
  const shares = drawShares(count);
  await runner.makeRoot(shares[0]);
  const startedAt = performance.now();
  for (let from = 0; from < count; from += size) await runner[kind](shares.slice(from, from + size));
  const seconds = (performance.now() - startedAt) / 1000;
  // A statement that drops rows is fast; only what is stored counts.
  if ((await runner.stored(shares[0])) !== count * 3) measurement.equal = false;
  return seconds;
}

async function projectBatch(
  graph: ReturnType<typeof openGraph>,
  cursor: Cursor,
  shares: readonly Share[],
): Promise<Cursor> {
  const [number = '0'] = cursor.position.split('-');
  const position = `${Number(number) + 1}-0`;
  const entry = { acceptedAtMs: Date.now(), lastSeq: 0, count: shares.length };
  const counts = { stored: shares.length, lateDuplicate: 0, lateConflict: 0, deadLettered: 0 };
  const batch = {
    changes: shares.map(toChange),
    after: cursor.position,
    position,
    seq: 0,
    acceptedAt: 0,
    tallies: [tallyEntry(entry, counts)],
  };
  return (await projectGraphBatch({ graph }, cursor, batch)).cursor;
}

function rawRunner(driver: Driver): Omit<Runner, 'ours'> {
  return {
    makeRoot: (share) => run(driver, makeRoot, { id: share?.rootId }).then(() => undefined),
    raw: async (shares) => {
      const rows = shares.map((share) => ({ ...share, linkSeq: share.seq, ...hashId(share.id) })).map(wholeNumbers);
      const session = driver.session({ database: 'neo4j' });
      await session.executeWrite(async (transaction) => {
        for (const text of [rawAccounts, rawPosts, rawEdges]) await transaction.run(text, { rows });
      });
      await session.close();
    },
    stored: async (share) => {
      const [counts = {}] = await run(driver, countStored, { id: share?.rootId });
      return Object.values(counts).reduce((sum: number, count) => sum + Number(count), 0);
    },
  };
}

async function run(driver: Driver, text: string, params: object): Promise<Array<Record<string, unknown>>> {
  const session = driver.session({ database: 'neo4j' });
  const result = await session.run(text, params);
  await session.close();
  return result.records.map((record) => record.toObject());
}

function wholeNumbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? neo4j.int(value) : value]),
  );
}

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: npm run bench starts the stores and sets it`);
  return value;
}
