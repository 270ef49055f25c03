import { aligned } from './aligned.ts';
import { appendRows, type Columns } from './columns.ts';
import { type NativeColumn, readNativeBlocks } from './native-block.ts';

/** What lineage is read as; the statement that reads it names the same columns. */
const nativeColumns: NativeColumn[] = [
  { name: 'seq', type: 'UInt32' },
  { name: 'parentSeq', type: 'UInt32' },
  { name: 'depth', type: 'UInt32' },
  { name: 'timeMs', type: 'Float64' },
  { name: 'accountOrd', type: 'UInt32' },
];

/** Adds the rows of an answer of the engine to the columns of a cascade. */
export function appendNative(columns: Columns, bytes: Uint8Array): void {
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

/** A row's place in the arrays is its seq, so a gap or a repeat in lineage would shift everything after it. */
export function requireDense(seq: Uint32Array, first: number): void {
  for (let index = 0; index < seq.length; index += 1) {
    if (seq[index] !== first + index) throw new Error(`lineage has seq ${seq[index]} where ${first + index} belongs`);
  }
}
