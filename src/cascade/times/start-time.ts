import type { Columns } from '../columns/columns.ts';

/** When a cascade began: its root's time, or the first share's where that is unknown, which lineage keeps as 0. */
export function startTime({ count, timeMs }: Columns): number {
  const rootMs = timeMs[0] ?? 0;
  if (rootMs !== 0 || count < 2) return rootMs;
  let firstMs = Number.POSITIVE_INFINITY;
  for (let seq = 1; seq < count; seq += 1) firstMs = Math.min(firstMs, timeMs[seq] ?? 0);
  return firstMs;
}
