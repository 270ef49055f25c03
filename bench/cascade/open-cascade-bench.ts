import { randomUUID } from 'node:crypto';
import { type Cascades, openCascades } from '../../src/cascade/open-cascades.ts';
import { readConfig } from '../../src/config.ts';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';
import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';
import { nothingProjected } from '../../src/log/projector/progress.ts';

/** Both stores, with a database of the benchmark's own in the facts, and what reads of cascades need. */
export type CascadeBench = {
  graph: Graph;
  facts: Facts;
  /** Cascades in memory with nothing in it yet. */
  open(maxBytes?: number): Cascades;
  /** Says that lineage has come so far. */
  arrive(linkSeq: number): void;
  /** For baselines that speak to the store without our tools. */
  clickhouse: { url: string; username: string; password: string; database: string };
  close(): Promise<void>;
};

export async function openCascadeBench(): Promise<CascadeBench> {
  const database = `bench_${randomUUID().replaceAll('-', '')}`;
  const endpoint = { url: env('CLICKHOUSE_URL'), user: env('CLICKHOUSE_USER'), password: env('CLICKHOUSE_PASSWORD') };
  const limits = { poolSize: 8, timeoutMs: 120_000 };
  const server = openFacts({ ...endpoint, ...limits, database: 'default' });
  await server.command(`CREATE DATABASE ${database}`);
  const facts = openFacts({ ...endpoint, ...limits, database });
  await migrateFacts(facts);
  const neo4j = { url: env('NEO4J_URL'), user: env('NEO4J_USER'), password: env('NEO4J_PASSWORD') };
  const graph = openGraph({ ...neo4j, database: 'neo4j', ...limits });
  await migrateGraph(graph);
  await graph.command(removeAll);
  const opened: Cascades[] = [];
  const arrived = { linkSeq: 1 };
  return {
    graph,
    facts,
    open: (maxBytes = 1_000_000_000) => {
      const cascades = openCascades(
        { graph, facts, log: { readProgress: async () => ({ ...nothingProjected, lineageLinkSeq: arrived.linkSeq }) } },
        { maxBytes, ...readConfig(process.env).cascade },
      );
      opened.push(cascades);
      return cascades;
    },
    arrive: (linkSeq) => {
      arrived.linkSeq = linkSeq;
    },
    clickhouse: { url: endpoint.url, username: endpoint.user, password: endpoint.password, database },
    close: async () => {
      for (const cascades of opened) await cascades.close();
      await graph.command(removeAll);
      await server.command(`DROP DATABASE ${database}`);
      await Promise.all([server.close(), facts.close(), graph.close()]);
    },
  };
}

const removeAll = `MATCH (post:Post) WHERE post.id STARTS WITH 'bench-' CALL (post) { DETACH DELETE post } IN TRANSACTIONS OF 5000 ROWS`;

/** The mirror's place, which moves with every arrival. */

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: npm run bench starts the stores and sets it`);
  return value;
}
