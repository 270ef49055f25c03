import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Log } from '../../log/open-log.ts';
import { statement } from '../../query/statement.ts';
import { factColumns } from '../facts/fact-row.ts';
import { withFreshTable } from './fresh-table.ts';
import { type HoldLimits, holdProjector } from './hold-projector.ts';
import { readLoggedRows } from './logged-rows.ts';
import { type BaseTable, baseTables, type DerivedTable, derivedTables } from './rebuilt-tables.ts';

export const countPartitionStatement = statement('clickhouse/project/rebuild/count-partition.sql', {
  params: z.object({ table: z.string(), partition: z.string() }),
  row: z.object({ rows: z.number(), numbers: z.number() }),
});

export type RebuildDeps = {
  facts: Pick<Facts, 'run' | 'select' | 'insert'>;
  log: Pick<Log, 'holds' | 'readEntryOfSeq'>;
};

// Further than any accept number goes.
const everything = { fromSeq: 0, toSeq: Number.MAX_SAFE_INTEGER, size: 1_000_000 };

/**
 * Fills a partition anew from the facts and lets it take the place of the old one, with the projector at a standstill,
 * so that no row comes in between. What is there then is compared with the facts before the projector goes on.
 */
export async function rebuildDerived(
  deps: RebuildDeps,
  name: DerivedTable,
  partition: string,
  limits: HoldLimits,
): Promise<void> {
  const derived = derivedTables.find(({ table }) => table === name);
  if (derived === undefined) throw new Error(`${name} is not a table that follows from the facts`);
  const { facts } = deps;
  await holdProjector(deps.log, derived.projector, limits, (check) =>
    withFreshTable(deps, name, async (fresh) => {
      await facts.run(derived.fill, { partition });
      await check();
      await fresh.swap(partition);
      const [differing] = await facts.select(derived.compare, everything);
      if (differing === undefined) return;
      throw new Error(`${name} differs after it was rebuilt: ${differing.stored}, not ${differing.source}`);
    }),
  );
}

type Partition = {
  table: BaseTable;
  partition: string /** Accept numbers whose row is taken from the log. */;
  fromLog: number[];
};

/**
 * Leaves one row for each accept number of a partition, past all views. Rows that contradict each other are written
 * anew from the log. Nothing is swapped that would lose a number.
 */
export async function rebuildBase(
  deps: RebuildDeps,
  { table: name, partition, fromLog }: Partition,
  limits: HoldLimits,
): Promise<void> {
  const base = baseTables.find(({ table }) => table === name);
  if (base === undefined) throw new Error(`${name} is not a table of accept numbers`);
  const { facts } = deps;
  const { rows } = await readLoggedRows(deps.log, fromLog);
  const own = rows.filter((row) => row.partition === partition);
  await holdProjector(deps.log, base.projector, limits, (check) =>
    withFreshTable(deps, name, async (fresh) => {
      await facts.run(base.fill, { partition, without: own.map((row) => row.seq) });
      const target = { table: fresh.name, columns: factColumns, token: 'rows of the log' };
      await facts.insert(
        target,
        own.map((row) => row.values),
      );
      const [filled] = await facts.select(countPartitionStatement, { table: fresh.name, partition });
      const [held] = await facts.select(countPartitionStatement, { table: name, partition });
      if (filled === undefined || filled.rows !== filled.numbers || filled.numbers !== held?.numbers) {
        throw new Error(`${name} ${partition} would hold ${filled?.numbers} accept numbers, not ${held?.numbers}`);
      }
      await check();
      await fresh.swap(partition);
    }),
  );
}

/** Writes rows of `events` anew that are not as the log has them, partition by partition. */
export async function rewriteNumbers(
  deps: RebuildDeps,
  seqs: readonly number[],
  limits: HoldLimits,
): Promise<{ restored: number[]; lost: number[] }> {
  const { rows, lost } = await readLoggedRows(deps.log, seqs);
  for (const partition of new Set(rows.map((row) => row.partition))) {
    const fromLog = rows.filter((row) => row.partition === partition).map((row) => row.seq);
    await rebuildBase(deps, { table: 'events', partition, fromLog }, limits);
  }
  return { restored: rows.map((row) => row.seq), lost };
}
