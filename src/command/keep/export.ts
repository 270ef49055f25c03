import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { migrateStores } from '../../compose/migrate-stores.ts';
import type { Facts } from '../../facts/facts.ts';
import { type ExportForm, exportFormNames } from '../../keep/export/export-forms.ts';
import { countRows, type ExportRange, streamTable } from '../../keep/export/export-table.ts';
import { type ExportTable, exportTableNames } from '../../keep/export/export-tables.ts';
import { countBytes, writeWhole } from '../../keep/write-whole.ts';
import { momentOf } from '../moment-of.ts';
import { say } from '../run-service.ts';
import { withConfig, withStores } from '../with-stores.ts';

export type ExportFlags = {
  table: string;
  format: string;
  from?: string;
  to?: string;
  out?: string;
  json?: boolean;
};

type Asked = ExportRange & { table: ExportTable; form: ExportForm; out: string | undefined };

const progressEveryMs = 2000;

/** The rows go to standard output or to a file; what is said about them goes to standard error. */
export async function runExport(flags: ExportFlags): Promise<void> {
  const asked = readAsked(flags);
  try {
    const summary = await withConfig((config) =>
      withStores(config, async (stores) => {
        await migrateStores(config, stores, randomUUID());
        return exportTable(stores.facts, asked);
      }),
    );
    const line = flags.json ? JSON.stringify(summary) : describe(summary);
    // Standard output holds the rows where no file does.
    if (flags.json && asked.out !== undefined) console.log(line);
    else say(line);
  } catch (fault) {
    // Whoever reads the rows may have seen enough.
    if (fault instanceof Error && 'code' in fault && fault.code === 'EPIPE') return;
    throw fault;
  }
}

type Summary = {
  table: ExportTable;
  format: ExportForm;
  from: string | null;
  to: string | null;
  rows: number;
  /** How many rows there were at the end: another number where the table has changed meanwhile. */
  rowsAfter: number;
  bytes: number;
  out: string | null;
};

async function exportTable(facts: Facts, { form, out, ...asked }: Asked): Promise<Summary> {
  const rows = await countRows({ facts }, asked);
  say(`  ${rows} rows of ${asked.table}`);
  const written = { bytes: 0, saidAtMs: Date.now() };
  const pieces = countBytes(streamTable({ facts }, asked, form), (bytes) => {
    written.bytes = bytes;
    if (Date.now() - written.saidAtMs < progressEveryMs) return;
    written.saidAtMs = Date.now();
    say(`  ${(bytes / 1e6).toFixed(1)} MB`);
  });
  if (out === undefined) await pipeline(pieces, process.stdout, { end: false });
  else await writeWhole(out, pieces);
  const rowsAfter = await countRows({ facts }, asked);
  const range = { from: iso(asked.fromMs), to: iso(asked.toMs) };
  return { table: asked.table, format: form, ...range, rows, rowsAfter, bytes: written.bytes, out: out ?? null };
}

function describe({ table, format, rows, rowsAfter, bytes, out }: Summary): string {
  const changed = rowsAfter === rows ? '' : `; the table has changed meanwhile and has ${rowsAfter} now`;
  return `${rows} rows of ${table}, ${bytes} bytes of ${format}${out === null ? '' : ` in ${out}`}${changed}`;
}

function readAsked({ table, format, from, to, out }: ExportFlags): Asked {
  const fromMs = momentOf('--from', from) ?? null;
  const toMs = momentOf('--to', to) ?? null;
  if (fromMs !== null && toMs !== null && fromMs > toMs) throw new Error('--from lies after --to');
  return {
    table: oneOf('--table', exportTableNames, table),
    form: oneOf('--format', exportFormNames, format),
    fromMs,
    toMs,
    out: out === undefined ? undefined : resolve(out),
  };
}

function oneOf<T extends string>(flag: string, known: readonly T[], text: string): T {
  const found = known.find((name) => name === text);
  if (found === undefined) throw new Error(`${flag} is one of ${known.join(', ')}, not ${text}`);
  return found;
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
