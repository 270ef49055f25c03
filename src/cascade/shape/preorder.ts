import type { Columns } from '../columns/columns.ts';
import { tallyTree } from './tally-tree.ts';

/** All posts in an order in which every subtree stands together, its top first: a subtree is a stretch of `order`. */
export function preorder(columns: Columns): Uint32Array {
  const { count, parentSeq } = columns;
  const { subtreeSize } = tallyTree(columns);
  const order = new Uint32Array(count);
  // The next free place within the stretch of each post that is placed already.
  const next = new Uint32Array(count);
  next[0] = 1;
  for (let seq = 1; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    const place = next[parent] ?? 0;
    next[parent] = place + (subtreeSize[seq] ?? 0);
    next[seq] = place + 1;
    order[place] = seq;
  }
  return order;
}
