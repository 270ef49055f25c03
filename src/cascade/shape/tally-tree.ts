import type { Columns, Tallies } from '../columns/columns.ts';
import { wienerIndex } from './wiener-index.ts';

/**
 * Subtree sizes, direct shares and the Wiener index of all rows. A few new shares are added one by one, each along its
 * own ancestors; many are counted anew in one pass over everything, which costs less than their walks would.
 */
export function tallyTree(columns: Columns): Tallies {
  const { count, tallies } = columns;
  if (tallies.counted === count) return tallies;
  if (tallies.counted > 0 && stepsToRoot(columns, tallies.counted) <= count) addShares(columns);
  else countAnew(columns);
  tallies.counted = count;
  return tallies;
}

function stepsToRoot({ count, depth }: Columns, from: number): number {
  let steps = 0;
  for (let seq = from; seq < count; seq += 1) steps += depth[seq] ?? 0;
  return steps;
}

/** Parents stand before their shares, so one pass from the end is enough. */
function countAnew({ count, parentSeq, tallies }: Columns): void {
  const { subtreeSize, direct } = tallies;
  subtreeSize.fill(1, 0, count);
  direct.fill(0, 0, count);
  for (let seq = count - 1; seq > 0; seq -= 1) {
    const parent = parentSeq[seq] ?? 0;
    subtreeSize[parent] = (subtreeSize[parent] ?? 0) + (subtreeSize[seq] ?? 0);
    direct[parent] = (direct[parent] ?? 0) + 1;
  }
  tallies.wienerIndex = wienerIndex(subtreeSize, count);
}

/**
 * One share more of n posts, at depth k below the ancestors A (the root left out), adds |A| n - 2 sum of s_a + D + n to
 * the Wiener index, where D is the sum of all depths and every value is the one before it came.
 */
function addShares({ count, parentSeq, depth, tallies }: Columns): void {
  const { subtreeSize, direct, counted } = tallies;
  let depthSum = 0;
  for (let seq = 0; seq < counted; seq += 1) depthSum += depth[seq] ?? 0;
  for (let seq = counted; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    const level = depth[seq] ?? 0;
    let below = 0;
    for (let above = parent; above > 0; above = parentSeq[above] ?? 0) {
      const size = subtreeSize[above] ?? 0;
      below += size;
      subtreeSize[above] = size + 1;
    }
    subtreeSize[0] = seq + 1;
    subtreeSize[seq] = 1;
    direct[parent] = (direct[parent] ?? 0) + 1;
    direct[seq] = 0;
    tallies.wienerIndex += BigInt((level - 1) * seq - 2 * below + depthSum + seq);
    depthSum += level;
  }
}
