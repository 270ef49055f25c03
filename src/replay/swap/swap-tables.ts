import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findTablesStatement = statement('clickhouse/replay/find-tables.sql', {
  params: z.object({ database: z.string() }),
  row: z.object({ name: z.string(), uuid: z.string() }),
});

type Deps = { facts: Pick<Facts, 'select' | 'command'> };
export type Databases = { live: string; fresh: string };

/** Made from the raw facts and the graph's word, so made anew by a replay; every other table is kept as it is. */
export const replayedTables = [
  'events',
  'outcomes',
  'event_ids',
  'shares',
  'lineage',
  'lineage_generations',
  'places',
  'cascades',
] as const;

const plainName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Exchanges the tables of two databases, all in one statement. Views follow the name of a table, so those of the live
 * database go on to feed from and into what is put there.
 */
export async function swapTables({ facts }: Deps, { live, fresh }: Databases): Promise<void> {
  for (const name of [live, fresh]) if (!plainName.test(name)) throw new Error(`${name} is not a plain name`);
  const before = await findUuids({ facts }, fresh);
  const pairs = replayedTables.map((table) => `${live}.${table} AND ${fresh}.${table}`);
  await facts.command(`EXCHANGE TABLES ${pairs.join(', ')}`);
  const now = await findUuids({ facts }, live);
  const left = replayedTables.filter((table) => now.get(table) !== before.get(table));
  if (left.length > 0) throw new Error(`not exchanged: ${left.join(', ')}; replay once more`);
}

async function findUuids({ facts }: Deps, database: string): Promise<Map<string, string>> {
  const rows = await facts.select(findTablesStatement, { database });
  return new Map(rows.map(({ name, uuid }) => [name, uuid]));
}
