import type { Facts } from '../../facts/facts.ts';
import { factColumns } from '../facts/fact-row.ts';
import { withFreshTable } from './fresh-table.ts';

type Deps = { facts: Pick<Facts, 'run' | 'insert'> };

/** A row of `events`, and the time that says which partition it belongs to. */
export type AttachedRow = { acceptedAtMs: number; values: readonly unknown[] };

/** Adds rows to `events` past all views: what is fed by these has its part already, or is rebuilt by itself. */
export async function attachRows(deps: Deps, rows: readonly AttachedRow[], suffix?: string): Promise<void> {
  await withFreshTable(
    deps,
    'events',
    async (fresh) => {
      const target = { table: fresh.name, columns: factColumns, token: 'rows of the log' };
      await deps.facts.insert(
        target,
        rows.map(({ values }) => values),
      );
      for (const partition of new Set(rows.map(partitionOf))) await fresh.attach(partition);
    },
    suffix,
  );
}

/** Partitions of `events` are months of acceptance. */
export function partitionOf({ acceptedAtMs }: { acceptedAtMs: number }): string {
  return new Date(acceptedAtMs).toISOString().slice(0, 7).replace('-', '');
}
