import type { Columns } from '../columns/columns.ts';

/** Adds to every post what all posts below it have, in place: parents stand before their shares. */
export function sumBelow({ count, parentSeq }: Columns, values: Float64Array): Float64Array {
  for (let seq = count - 1; seq > 0; seq -= 1) {
    const parent = parentSeq[seq] ?? 0;
    values[parent] = (values[parent] ?? 0) + (values[seq] ?? 0);
  }
  return values;
}
