import type { Columns } from '../columns/columns.ts';

/**
 * How many posts stand strictly below any of these, each counted once however many of them it stands below. Parents
 * stand before their shares, so that one pass hands on to each post what was known of its parent.
 */
export function countBelow({ count, parentSeq }: Columns, seqs: Iterable<number>): number {
  const startsHere = new Uint8Array(count);
  for (const seq of seqs) startsHere[seq] = 1;
  const isBelow = new Uint8Array(count);
  let below = 0;
  for (let seq = 1; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    const found = (startsHere[parent] ?? 0) | (isBelow[parent] ?? 0);
    isBelow[seq] = found;
    below += found;
  }
  return below;
}
