import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** Writes a table anew as a statement says, without feeding what hangs on it, and gives back how to undo that. */
export async function rewriteTable(facts: Facts, table: string, select: string): Promise<() => Promise<void>> {
  const name = randomUUID().replaceAll('-', '');
  const [kept, damaged] = [`kept_${name}`, `damaged_${name}`];
  await facts.command(`CREATE TABLE ${kept} AS ${table}`);
  await facts.command(`INSERT INTO ${kept} SELECT * FROM ${table}`);
  await facts.command(`CREATE TABLE ${damaged} AS ${table}`);
  await facts.command(`INSERT INTO ${damaged} ${select.replaceAll('$TABLE', kept)}`);
  await replace(facts, table, damaged);
  return () => replace(facts, table, kept);
}

const partition = { path: 'partitions', params: z.object({}), row: z.object({ id: z.string() }) };

async function replace(facts: Facts, table: string, from: string): Promise<void> {
  const text = `SELECT DISTINCT partition_id AS id FROM system.parts WHERE database = currentDatabase() AND table = '${table}' AND active`;
  for (const { id } of await facts.select({ ...partition, text }, {})) {
    await facts.command(`ALTER TABLE ${table} REPLACE PARTITION ID '${id}' FROM ${from}`);
  }
}

/** All rows but those that a condition names. */
export function without(condition: string): string {
  return `SELECT * FROM $TABLE WHERE NOT (${condition})`;
}

/** All rows, and those that a condition names once more. */
export function doubled(condition: string): string {
  return `SELECT * FROM $TABLE UNION ALL SELECT * FROM $TABLE WHERE ${condition}`;
}

/** All rows, with one column changed where a condition holds. */
export function changed(column: string, value: string, condition: string): string {
  return `SELECT * REPLACE (if(${condition}, ${value}, ${column}) AS ${column}) FROM $TABLE`;
}

/** Damages the graph and gives back how to undo it. */
export async function damageGraph(graph: Graph, damage: string, mend: string): Promise<() => Promise<void>> {
  await graph.command(damage);
  return () => graph.command(mend);
}
