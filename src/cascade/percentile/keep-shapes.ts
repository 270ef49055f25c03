import { z } from 'zod';
import type { CompactRow, Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { DueCascade, ShapeState } from './find-due.ts';
import type { Measurement } from './measure-cascade.ts';
import { sizeBand } from './size-band.ts';

export const findNewestBatchStatement = statement('clickhouse/cascade/percentile/find-newest-batch.sql', {
  params: z.object({}),
  row: z.object({ batch: z.number(), measuredAtMs: z.number() }),
});

/** What becomes of a due cascade: its new measurement, or null where it is a cascade no more. */
export type Measured = { due: DueCascade; measurement: Measurement | null };

/** The last batch that was written before the cascades of the next one were looked up. */
export type Batch = { batch: number; measuredAtMs: number };

const columns = [
  'root_id',
  'band',
  'generation',
  'posts',
  'depth',
  'max_breadth',
  'structural_virality',
  'velocity',
  'measured_at',
  'batch',
  'sign',
];
const batchBand = 255;

export async function findNewestBatch({ facts }: { facts: Pick<Facts, 'select'> }): Promise<Batch> {
  const [newest] = await facts.select(findNewestBatchStatement, {});
  return newest ?? { batch: 0, measuredAtMs: 0 };
}

/**
 * One insert takes back what counted and lets the new values count, all or nothing. Its token is the number of the batch:
 * of two who looked at the same state only the first is heard, so nothing is ever taken back or counted twice. The other
 * finds what is still due when it looks again.
 */
export async function keepShapes(
  { facts }: { facts: Pick<Facts, 'insert'> },
  newest: Batch,
  measured: readonly Measured[],
  nowMs: number,
): Promise<void> {
  if (measured.length === 0) return;
  const batch = newest.batch + 1;
  const rows = measured.flatMap((of) => rowsOf(of, { batch, measuredAtMs: nowMs }));
  const target = { table: 'cascade_shapes', columns, token: `shapes:${batch}` };
  await facts.insert(target, [...rows, ...batchRows(newest, { batch, measuredAtMs: nowMs })]);
}

function rowsOf({ due, measurement }: Measured, { batch, measuredAtMs }: Batch): CompactRow[] {
  const { rootId, generation, states } = due;
  const rows = states.map((state) => toRow(rootId, { ...state, sign: -state.sign }));
  if (measurement === null) return rows;
  const band = sizeBand(measurement.posts);
  return [...rows, toRow(rootId, { band, generation, ...measurement, measuredAtMs, batch, sign: 1 })];
}

function toRow(rootId: string, of: ShapeState): CompactRow {
  const tree = [of.band, of.generation, of.posts, of.depth, of.maxBreadth, of.structuralVirality, of.velocity];
  return [rootId, ...tree, of.measuredAtMs, of.batch, of.sign];
}

const noTree = { generation: 0, posts: 0, depth: 0, maxBreadth: 0, structuralVirality: null, velocity: 0 };

/** The row that tells the newest batch never vanishes in a merge, else its number would be given out a second time. */
function batchRows(newest: Batch, next: Batch): CompactRow[] {
  const row = (of: Batch, sign: number) => toRow('', { band: batchBand, ...noTree, ...of, sign });
  return newest.batch === 0 ? [row(next, 1)] : [row(newest, -1), row(next, 1)];
}
