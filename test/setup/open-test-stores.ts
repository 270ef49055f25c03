import { randomUUID } from 'node:crypto';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';
import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { migrateGraph } from '../../src/graph/migrate-graph.ts';

/** The endpoints that the global set-up put there. */
export function testEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: the stores of the tests were not started`);
  return value;
}

/** The test graph, as it is. */
export function openTestGraph(): Graph {
  return openGraph({
    url: testEnvironment('NEO4J_URL'),
    user: testEnvironment('NEO4J_USER'),
    password: testEnvironment('NEO4J_PASSWORD'),
    database: 'neo4j',
    poolSize: 10,
    timeoutMs: 20_000,
  });
}

/** The test graph, empty. Community has one database, so tests that need it empty run one after the other. */
export async function openEmptyGraph(): Promise<Graph> {
  const graph = openTestGraph();
  await emptyGraph(graph);
  await migrateGraph(graph);
  return graph;
}

export async function emptyGraph(graph: Graph): Promise<void> {
  await graph.command(
    'MATCH (node) WHERE NOT node:Migration CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS',
  );
}

export function openTestFacts(database: string): Facts {
  return openFacts({
    url: testEnvironment('CLICKHOUSE_URL'),
    user: testEnvironment('CLICKHOUSE_USER'),
    password: testEnvironment('CLICKHOUSE_PASSWORD'),
    database,
    poolSize: 8,
    timeoutMs: 60_000,
  });
}

/** A ClickHouse database of this test's own. */
export async function openFreshFacts(): Promise<{ facts: Facts; database: string }> {
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  const server = openTestFacts('default');
  await server.command(`CREATE DATABASE ${database}`);
  await server.close();
  const facts = openTestFacts(database);
  await migrateFacts(facts);
  return { facts, database };
}
