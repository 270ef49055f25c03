import { z } from 'zod';
import { type MigrationPlan, planMigrations, readMigrations } from '../query/migration-files.ts';
import { statement } from '../query/statement.ts';
import type { Facts } from './facts.ts';

export const findAppliedFactsStatement = statement('clickhouse/migrate/find-applied.sql', {
  params: z.object({}),
  row: z.object({ id: z.string(), checksum: z.string() }),
});

/** The same files serve one node and a cluster: where the tables live is filled in when they are applied. */
export type Placement = { cluster: string | null };

export async function planFacts(facts: Facts, placement: Placement = { cluster: null }): Promise<MigrationPlan> {
  const [first, ...files] = readMigrations('clickhouse/schema');
  if (first === undefined) throw new Error('clickhouse/schema is empty');
  await facts.command(placed(first.text, placement));
  return planMigrations(files, await facts.select(findAppliedFactsStatement, {}));
}

/** Applies what is missing, one file after the other; each can be repeated after a crash in between. */
export async function migrateFacts(facts: Facts, placement: Placement = { cluster: null }): Promise<string[]> {
  const { pending } = await planFacts(facts, placement);
  for (const { id, checksum, text } of pending) {
    await facts.command(placed(text, placement));
    await facts.insert({ table: 'migrations', columns: ['id', 'checksum'], token: `migration:${id}` }, [
      [id, checksum],
    ]);
  }
  return pending.map(({ id }) => id);
}

function placed(text: string, { cluster }: Placement): string {
  return text
    .replaceAll('{{cluster}}', cluster === null ? '' : `ON CLUSTER ${cluster}`)
    .replaceAll('{{replicated}}', cluster === null ? '' : 'Replicated');
}

/** The newest schema file that has been applied. */
export async function newestAppliedFacts(facts: Pick<Facts, 'select'>): Promise<string> {
  const applied = await facts.select(findAppliedFactsStatement, {});
  return (
    applied
      .map(({ id }) => id)
      .sort()
      .at(-1) ?? ''
  );
}
