import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config.ts';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';

/** Some work on facts of its own, which are gone afterwards. */
export async function withBenchFacts<T>(work: (facts: Facts, database: string) => Promise<T>): Promise<T> {
  const { clickhouse } = readConfig(process.env);
  const database = `bench_${randomUUID().replaceAll('-', '')}`;
  const limits = { poolSize: 8, timeoutMs: 600_000 };
  const server = openFacts({ ...clickhouse, ...limits, database: 'default' });
  await server.command(`CREATE DATABASE ${database}`);
  const facts = openFacts({ ...clickhouse, ...limits, database });
  try {
    await migrateFacts(facts);
    return await work(facts, database);
  } finally {
    await facts.close();
    await server.command(`DROP DATABASE ${database}`);
    await server.close();
  }
}
