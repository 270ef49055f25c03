import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { appendRows, type Columns } from './columns.ts';
import { type NativeColumn, readNativeBlocks } from './native-block.ts';

export const loadColumnsStatement = statement('clickhouse/cascade/load-columns.sql', {
  params: z.object({ rootId: z.string(), generation: z.number(), from: z.number(), to: z.number() }),
  row: z.object({
    seq: z.number(),
    parentSeq: z.number(),
    depth: z.number(),
    timeMs: z.number(),
    accountOrd: z.number(),
  }),
});

const nativeColumns: NativeColumn[] = [
  { name: 'seq', type: 'UInt32' },
  { name: 'parentSeq', type: 'UInt32' },
  { name: 'depth', type: 'UInt32' },
  { name: 'timeMs', type: 'Float64' },
  { name: 'accountOrd', type: 'UInt32' },
];

/** One answer is held whole while it is read, so a very large cascade comes in several. */
const rowsPerRead = 2_000_000;

type Deps = { facts: Pick<Facts, 'selectBytes'> };

export type LineageOf = { rootId: string; generation: number };

/** Adds the rows of a cascade that are missing up to `posts`. Lineage may for a moment hold fewer than were announced. */
export async function loadColumns(deps: Deps, of: LineageOf, columns: Columns, posts: number): Promise<void> {
  while (columns.count < posts) {
    const from = columns.count;
    const to = Math.min(posts, from + rowsPerRead);
    appendNative(columns, await deps.facts.selectBytes(loadColumnsStatement, { ...of, from, to }, 'Native'));
    if (columns.count < to) return;
  }
}

function appendNative(columns: Columns, bytes: Uint8Array): void {
  for (const block of readNativeBlocks(bytes, nativeColumns)) {
    const [seq, parentSeq, depth, timeMs, accountOrd] = block.columns.map(aligned);
    if (!seq || !parentSeq || !depth || !timeMs || !accountOrd) throw new Error('a Native block lacks a column');
    requireDense(new Uint32Array(seq), columns.count);
    appendRows(columns, {
      parentSeq: new Uint32Array(parentSeq),
      depth: new Uint32Array(depth),
      timeMs: new Float64Array(timeMs),
      accountOrd: new Uint32Array(accountOrd),
    });
  }
}

/** Values stand at any offset in an answer; typed arrays need them at a multiple of their width. */
export function aligned(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** A row's place in the arrays is its seq, so a gap or a repeat in lineage would shift everything after it. */
export function requireDense(seq: Uint32Array, first: number): void {
  for (let index = 0; index < seq.length; index += 1) {
    if (seq[index] !== first + index) throw new Error(`lineage has seq ${seq[index]} where ${first + index} belongs`);
  }
}
