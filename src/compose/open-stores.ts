import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type Facts, openFacts } from '../facts/facts.ts';
import { migrateFacts, planFacts } from '../facts/migrate-facts.ts';
import { type Graph, openGraph } from '../graph/graph.ts';
import { migrateGraph, planGraph } from '../graph/migrate-graph.ts';
import { type Log, openLog } from '../log/open-log.ts';

export type Stores = { graph: Graph; facts: Facts; log: Log; close(): Promise<void> };

/** Connections to the three stores; who started them is not known here. */
export async function openStores(config: Config, onError: (error: Error) => void): Promise<Stores> {
  const graph = openGraph(config.neo4j);
  const facts = openFacts(config.clickhouse);
  const { url, prefix, idMemoryBytes, timeoutMs } = config.redis;
  const log = await openLog({ url, prefix, idMemoryBytes, answerTimeoutMs: timeoutMs, onError });
  return {
    graph,
    facts,
    log,
    close: async () => {
      log.close();
      await Promise.allSettled([graph.close(), facts.close()]);
    },
  };
}

/** One question a store, answered where the store answers. */
export function storeChecks({ graph, facts, log }: Stores): Record<string, () => Promise<void>> {
  return { neo4j: () => graph.ping(), clickhouse: () => facts.ping(), redis: () => log.ping() };
}

const migrationLeaseMs = 60_000;
const lookAgainMs = 250;
const databaseName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Brings both schemas up to date. One process does it, the others wait and find nothing left to do. */
export async function migrateStores(config: Config, stores: Stores, owner: string): Promise<string[]> {
  const lease = await waitForLease(stores.log, owner);
  try {
    await makeDatabase(config);
    return named(await migrateGraph(stores.graph), await migrateFacts(stores.facts));
  } finally {
    await stores.log.projectors.release(lease);
  }
}

/** What would be applied, without applying it. */
export async function planStores(config: Config, stores: Stores): Promise<string[]> {
  await makeDatabase(config);
  const [graph, facts] = [await planGraph(stores.graph), await planFacts(stores.facts)];
  return named(
    graph.pending.map(({ id }) => id),
    facts.pending.map(({ id }) => id),
  );
}

function named(graphIds: readonly string[], factsIds: readonly string[]): string[] {
  return [...graphIds.map((id) => `neo4j ${id}`), ...factsIds.map((id) => `clickhouse ${id}`)];
}

async function waitForLease(log: Log, owner: string) {
  for (;;) {
    const lease = await log.projectors.claim('migrations', owner, migrationLeaseMs);
    if (lease !== null) return lease;
    await delay(lookAgainMs);
  }
}

export async function makeDatabase({ clickhouse }: Pick<Config, 'clickhouse'>): Promise<void> {
  if (!databaseName.test(clickhouse.database)) {
    throw new Error(`CLICKHOUSE_DATABASE is not a plain name: ${clickhouse.database}`);
  }
  const server = openFacts({ ...clickhouse, database: 'default' });
  try {
    await server.command(`CREATE DATABASE IF NOT EXISTS ${clickhouse.database}`);
  } finally {
    await server.close();
  }
}
