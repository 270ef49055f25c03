import neo4j from 'neo4j-driver';
import { hashId } from '../../src/event/hash-id.ts';
import type { Share } from './draw-shares.ts';

/** The graph by its driver alone, for baselines, for what they start from, and for cleaning up. */
export type RawGraph = {
  run(text: string, params?: object): Promise<Array<Record<string, unknown>>>;
  writeShares(shares: readonly Share[]): Promise<void>;
  makeRoot(id: string | undefined): Promise<void>;
  /** Posts, edges and authorships below a root, added up: three for each share. */
  countStored(rootId: string | undefined): Promise<number>;
  removeBenchPosts(): Promise<void>;
  close(): Promise<void>;
};

export type GraphEndpoint = { url: string; user: string; password: string };

const accounts = 'UNWIND $rows AS row WITH DISTINCT row.authorId AS id MERGE (:Account {id: id})';
const posts = `UNWIND $rows AS row MATCH (account:Account {id: row.authorId})
  CREATE (account)-[:AUTHORED]->(:Post {id: row.id, state: 'linked', rootId: row.rootId, depth: row.depth,
    authorId: row.authorId, createdAt: row.at, acceptSeq: row.seq, linkSeq: row.linkSeq, h1: row.h1, h2: row.h2})`;
const edges = `UNWIND $rows AS row MATCH (child:Post {id: row.id}) MATCH (parent:Post {id: row.parentId})
  CREATE (child)-[:SHARED_FROM {at: row.at}]->(parent)`;
const makeRoot =
  "MERGE (post:Post {id: $id}) SET post.state = 'linked', post.rootId = $id, post.depth = 0, post.linkSeq = 0";
const countStored = `MATCH (post:Post {rootId: $id}) WHERE post.id <> $id
  OPTIONAL MATCH (post)-[edge:SHARED_FROM]->() OPTIONAL MATCH (post)<-[authored:AUTHORED]-()
  RETURN count(DISTINCT post) AS posts, count(edge) AS edges, count(authored) AS authored`;
const removals = ['Post', 'Account'].map(
  (label) => `MATCH (node:${label}) WHERE node.id STARTS WITH 'bench-'
    CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 5000 ROWS`,
);

/** Numbers come as the product's own driver reads them. */
export function openRawGraph(endpoint: GraphEndpoint): RawGraph {
  const auth = neo4j.auth.basic(endpoint.user, endpoint.password);
  const driver = neo4j.driver(endpoint.url, auth, { disableLosslessIntegers: true });
  const run: RawGraph['run'] = async (text, params = {}) => {
    const session = driver.session({ database: 'neo4j' });
    const result = await session.run(text, params);
    await session.close();
    return result.records.map((record) => record.toObject());
  };
  return {
    run,
    writeShares: async (shares) => {
      const rows = shares.map((share) => ({ ...share, linkSeq: share.seq, ...hashId(share.id) })).map(wholeNumbers);
      const session = driver.session({ database: 'neo4j' });
      await session.executeWrite(async (transaction) => {
        for (const text of [accounts, posts, edges]) await transaction.run(text, { rows });
      });
      await session.close();
    },
    makeRoot: (id) => run(makeRoot, { id }).then(() => undefined),
    countStored: async (id) => {
      const [counts = {}] = await run(countStored, { id });
      return Object.values(counts).reduce((sum: number, count) => sum + Number(count), 0);
    },
    removeBenchPosts: async () => {
      for (const text of removals) await run(text);
    },
    close: () => driver.close(),
  };
}

export function wholeNumbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? neo4j.int(value) : value]),
  );
}

export function graphEndpoint(): GraphEndpoint {
  return { url: env('NEO4J_URL'), user: env('NEO4J_USER'), password: env('NEO4J_PASSWORD') };
}

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: npm run bench starts the stores and sets it`);
  return value;
}
