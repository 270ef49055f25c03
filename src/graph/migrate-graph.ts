import { z } from 'zod';
import { type MigrationPlan, planMigrations, readMigrations } from '../query/migration-files.ts';
import { statement } from '../query/statement.ts';
import type { Graph } from './graph.ts';

export const findAppliedStatement = statement('cypher/migrate/find-applied.cypher', {
  params: z.object({}),
  row: z.object({ id: z.string(), checksum: z.string() }),
});
export const recordAppliedStatement = statement('cypher/migrate/record-applied.cypher', {
  params: z.object({ id: z.string(), checksum: z.string() }),
  row: z.object({}),
});

export async function planGraph(graph: Graph): Promise<MigrationPlan> {
  return planMigrations(readMigrations('cypher/schema'), await graph.read(findAppliedStatement, {}));
}

/** Applies what is missing, one file after the other; each can be repeated after a crash in between. */
export async function migrateGraph(graph: Graph): Promise<string[]> {
  const { pending } = await planGraph(graph);
  for (const { id, checksum, text } of pending) {
    await graph.command(text);
    await graph.write(recordAppliedStatement, { id, checksum });
  }
  return pending.map(({ id }) => id);
}
