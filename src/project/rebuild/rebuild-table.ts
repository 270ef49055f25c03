import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Log } from '../../log/open-log.ts';
import { statement } from '../../query/statement.ts';
import { factColumns } from '../facts/fact-row.ts';
import { partitionOf } from './attach-rows.ts';
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

/** `fromLog`: numbers whose rows contradict each other; `sameEvent`: those of which all say to be the same event. */
export type BasePart = { table: BaseTable; partition: string; fromLog: number[]; sameEvent: number[] };

/**
 * Leaves one row for each accept number of a partition, past all views. Rows that contradict each other are written anew
 * from the log; where it no longer holds them, the ids of all events decide, and where even those cannot, nothing is
 * rebuilt and the numbers are returned. Nothing is swapped that would lose a number.
 */
export async function rebuildBase(deps: RebuildDeps, part: BasePart, limits: HoldLimits): Promise<number[]> {
  const { table: name, partition, fromLog, sameEvent } = part;
  const base = baseTables.find(({ table }) => table === name);
  if (base === undefined) throw new Error(`${name} is not a table of accept numbers`);
  // The log holds events, not what became of them.
  if (name === 'outcomes' && fromLog.length > 0) return fromLog;
  const { rows, lost } = await readLoggedRows(deps.log, fromLog);
  const undecided = lost.filter((seq) => sameEvent.includes(seq));
  if (undecided.length > 0) return undecided;
  const own = rows.filter((row) => partitionOf(row) === partition);
  await holdProjector(deps.log, base.projector, limits, (check) =>
    withFreshTable(deps, name, async (fresh) => {
      await deps.facts.run(base.fill, { partition, without: own.map((row) => row.seq) });
      const target = { table: fresh.name, columns: factColumns, token: 'rows of the log' };
      await deps.facts.insert(
        target,
        own.map((row) => row.values),
      );
      await checkFilled(deps, name, partition);
      await check();
      await fresh.swap(partition);
    }),
  );
  return [];
}

async function checkFilled({ facts }: RebuildDeps, table: BaseTable, partition: string): Promise<void> {
  const [filled] = await facts.select(countPartitionStatement, { table: `${table}_fresh`, partition });
  const [held] = await facts.select(countPartitionStatement, { table, partition });
  if (filled !== undefined && filled.rows === filled.numbers && filled.numbers === held?.numbers) return;
  throw new Error(`${table} ${partition} would hold ${filled?.numbers} accept numbers, not ${held?.numbers}`);
}

/** Writes rows of `events` anew that are not as the log has them, partition by partition. */
export async function rewriteNumbers(
  deps: RebuildDeps,
  seqs: readonly number[],
  limits: HoldLimits,
): Promise<{ restored: number[]; lost: number[] }> {
  const { rows, lost } = await readLoggedRows(deps.log, seqs);
  for (const partition of new Set(rows.map(partitionOf))) {
    const fromLog = rows.filter((row) => partitionOf(row) === partition).map((row) => row.seq);
    await rebuildBase(deps, { table: 'events', partition, fromLog, sameEvent: [] }, limits);
  }
  return { restored: rows.map((row) => row.seq), lost };
}
