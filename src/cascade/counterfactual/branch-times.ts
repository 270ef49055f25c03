import type { Columns } from '../columns/columns.ts';

/** `node`: the post cannot be shared any more. `subtree`: nothing below it can be shared any more either. */
export type FreezeMode = 'node' | 'subtree';

/** The branch time of what no freeze of the post would remove. */
export const outside = Number.NEGATIVE_INFINITY;

/**
 * For every post the latest moment at which a freeze still removes it: where only the post itself is frozen that is the
 * time of the direct share that leads to it, otherwise its own.
 */
export function branchTimes({ count, parentSeq, timeMs }: Columns, frozen: number, mode: FreezeMode): Float64Array {
  const branchMs = new Float64Array(count).fill(outside);
  const isInside = new Uint8Array(count);
  isInside[frozen] = 1;
  if (mode === 'subtree') branchMs[frozen] = timeMs[frozen] ?? 0;
  for (let seq = frozen + 1; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    if (isInside[parent] === 0) continue;
    isInside[seq] = 1;
    const isBranch = mode === 'subtree' || parent === frozen;
    branchMs[seq] = isBranch ? (timeMs[seq] ?? 0) : (branchMs[parent] ?? outside);
  }
  return branchMs;
}
