import type { Columns } from '../columns/columns.ts';

/** Posts in every subtree, itself included. Parents stand before their shares, so one pass from the end is enough. */
export function subtreeSizes(columns: Columns): Uint32Array {
  const { count, parentSeq, subtreeSize } = columns;
  if (columns.sized === count) return subtreeSize;
  subtreeSize.fill(1, 0, count);
  for (let seq = count - 1; seq > 0; seq -= 1) {
    const parent = parentSeq[seq] ?? 0;
    subtreeSize[parent] = (subtreeSize[parent] ?? 0) + (subtreeSize[seq] ?? 0);
  }
  columns.sized = count;
  return subtreeSize;
}
