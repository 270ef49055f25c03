import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { openFacts } from '../facts/facts.ts';
import { migrateFacts, planFacts } from '../facts/migrate-facts.ts';
import { migrateGraph, planGraph } from '../graph/migrate-graph.ts';
import { keepQuarters, planQuarters } from '../keep/retention/keep-quarters.ts';
import type { Log } from '../log/open-log.ts';
import type { Stores } from './open-stores.ts';

// Short, so that a process that is killed in the middle keeps the others waiting for moments only; long work renews it.
const leaseMs = 5000;
const lookAgainMs = 250;
const databaseName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Brings both schemas up to date. One process does it, the others wait; where nothing is left to do nobody waits. */
export async function migrateStores(config: Config, stores: Stores, owner: string): Promise<string[]> {
  if ((await planStores(config, stores)).length === 0) return [];
  return underLease(stores.log, owner, async () =>
    named(await migrateGraph(stores.graph), [
      ...(await migrateFacts(stores.facts)),
      ...(await keepQuarters(stores, config.retention.quarterDays)),
    ]),
  );
}

/** What would be applied, without applying it. */
export async function planStores(config: Config, stores: Stores): Promise<string[]> {
  await makeDatabase(config);
  const [graph, facts] = [await planGraph(stores.graph), await planFacts(stores.facts)];
  return named(
    graph.pending.map(({ id }) => id),
    [...facts.pending.map(({ id }) => id), ...(await planQuarters(stores, config.retention.quarterDays))],
  );
}

function named(graphIds: readonly string[], factsIds: readonly string[]): string[] {
  return [...graphIds.map((id) => `neo4j ${id}`), ...factsIds.map((id) => `clickhouse ${id}`)];
}

async function underLease<T>({ projectors }: Log, owner: string, work: () => Promise<T>): Promise<T> {
  let lease = await projectors.claim('migrations', owner, leaseMs);
  while (lease === null) {
    await delay(lookAgainMs);
    lease = await projectors.claim('migrations', owner, leaseMs);
  }
  const held = lease;
  // Each file can be repeated, so a lease that is lost for a moment does no harm.
  const renewal = setInterval(() => void projectors.renew(held, leaseMs).catch(() => undefined), leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await projectors.release(held);
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
