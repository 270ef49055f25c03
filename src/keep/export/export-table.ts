import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { type ExportForm, exportForms } from './export-forms.ts';
import { type ExportTable, exportTables } from './export-tables.ts';
import { guardCells } from './guard-cells.ts';

const asked = z.object({
  table: z.string(),
  time: z.string(),
  fromMs: z.number().nullable(),
  toMs: z.number().nullable(),
});

export const streamTableStatement = statement('clickhouse/keep/export/stream-table.sql', {
  params: asked,
  row: z.object({}),
});
export const countRowsStatement = statement('clickhouse/keep/export/count-rows.sql', {
  params: asked,
  row: z.object({ rows: z.number() }),
});

/** From the first time on and before the second; null is everything on that side. */
export type ExportRange = { fromMs: number | null; toMs: number | null };

type Asked = ExportRange & { table: ExportTable };

/** The rows of a table as the store writes them in a form, piece by piece; nothing is held but a piece. */
export function streamTable(
  { facts }: { facts: Pick<Facts, 'selectStream'> },
  { table, ...range }: Asked,
  form: ExportForm,
): AsyncIterable<Uint8Array> {
  const pieces = facts.selectStream(streamTableStatement, { ...exportTables[table], ...range }, exportForms[form]);
  return form === 'csv' ? guardCells(pieces) : pieces;
}

export async function countRows(
  { facts }: { facts: Pick<Facts, 'select'> },
  { table, ...range }: Asked,
): Promise<number> {
  const [counted] = await facts.select(countRowsStatement, { ...exportTables[table], ...range });
  return counted?.rows ?? 0;
}
