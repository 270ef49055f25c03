import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findGenerationsStatement = statement('clickhouse/replay/find-generations.sql', {
  params: z.object({}),
  row: z.object({ rootId: z.string(), generation: z.number() }),
});
export const liftGenerationsStatement = statement('clickhouse/replay/lift-generations.sql', {
  params: z.object({}),
  row: z.object({}),
});

type Deps = { live: Pick<Facts, 'select'>; fresh: Pick<Facts, 'select' | 'insert' | 'command'> };

const rowsAtOnce = 20_000;

/**
 * Whoever keeps cascades in memory tells old from new by their generation. So a cascade that differs, and one that was
 * ever written anew, gets a greater generation than the live tables ever gave it.
 */
export async function liftGenerations({ live, fresh }: Deps, differing: ReadonlySet<string>): Promise<number> {
  const given = new Map((await live.select(findGenerationsStatement, {})).map((row) => [row.rootId, row.generation]));
  const made = new Map((await fresh.select(findGenerationsStatement, {})).map((row) => [row.rootId, row.generation]));
  const lifted: Array<[string, number]> = [];
  for (const rootId of new Set([...given.keys(), ...differing])) {
    const before = given.get(rootId) ?? 0;
    if ((made.get(rootId) ?? 0) <= before) lifted.push([rootId, before + 1]);
  }
  for (let from = 0; from < lifted.length; from += rowsAtOnce) {
    const rows = lifted.slice(from, from + rowsAtOnce);
    const token = `replay-lift:${JSON.stringify(rows[0])}:${rows.length}`;
    await fresh.insert({ table: 'lineage_generations', columns: ['root_id', 'generation'], token }, rows);
  }
  if (lifted.length > 0) await fresh.command(liftGenerationsStatement.text);
  return lifted.length;
}
