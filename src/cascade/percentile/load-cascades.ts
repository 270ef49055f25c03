import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { aligned } from '../columns/aligned.ts';
import { requireDense } from '../columns/append-native.ts';
import { appendRows, type ColumnRows, type Columns, createColumns } from '../columns/columns.ts';
import { type NativeColumn, readNativeBlocks } from '../columns/native-block.ts';
import type { LineageOf } from '../desk/messages.ts';

const number = z.number();

export const loadCascadesStatement = statement('clickhouse/cascade/percentile/load-cascades.sql', {
  params: z.object({ rootIds: z.array(z.string()), generations: z.array(number) }),
  row: z.object({ place: number, seq: number, parentSeq: number, depth: number, timeMs: number, accountOrd: number }),
});

const nativeColumns: NativeColumn[] = [
  { name: 'place', type: 'UInt32' },
  { name: 'seq', type: 'UInt32' },
  { name: 'parentSeq', type: 'UInt32' },
  { name: 'depth', type: 'UInt32' },
  { name: 'timeMs', type: 'Float64' },
  { name: 'accountOrd', type: 'UInt32' },
];

type Deps = { facts: Pick<Facts, 'selectBytes'> };
type Block = ColumnRows & { place: Uint32Array; seq: Uint32Array };

/** The columns of many small cascades, read at once, in the order asked for; empty where lineage has nothing of one. */
export async function loadCascades({ facts }: Deps, asked: readonly LineageOf[]): Promise<Columns[]> {
  const rootIds = asked.map(({ rootId }) => rootId);
  const generations = asked.map(({ generation }) => generation);
  const loaded = asked.map(() => createColumns());
  const bytes = await facts.selectBytes(loadCascadesStatement, { rootIds, generations }, 'Native');
  for (const block of readNativeBlocks(bytes, nativeColumns)) appendBlock(loaded, readBlock(block.columns));
  return loaded;
}

function readBlock(columns: readonly Uint8Array[]): Block {
  const [place, seq, parentSeq, depth, timeMs, accountOrd] = columns.map(aligned);
  if (!place || !seq || !parentSeq || !depth || !timeMs || !accountOrd)
    throw new Error('a Native block lacks a column');
  return {
    place: new Uint32Array(place),
    seq: new Uint32Array(seq),
    parentSeq: new Uint32Array(parentSeq),
    depth: new Uint32Array(depth),
    timeMs: new Float64Array(timeMs),
    accountOrd: new Uint32Array(accountOrd),
  };
}

/** Rows of one cascade stand together, but a block may end in the middle of it. */
function appendBlock(loaded: readonly Columns[], { place, seq, ...rows }: Block): void {
  for (let from = 0, to = 0; from < place.length; from = to) {
    while (to < place.length && place[to] === place[from]) to += 1;
    const columns = loaded[(place[from] ?? 0) - 1];
    if (columns === undefined) throw new Error('lineage has rows of a cascade that was not asked for');
    requireDense(seq.subarray(from, to), columns.count);
    appendRows(columns, {
      parentSeq: rows.parentSeq.subarray(from, to),
      depth: rows.depth.subarray(from, to),
      timeMs: rows.timeMs.subarray(from, to),
      accountOrd: rows.accountOrd.subarray(from, to),
    });
  }
}
