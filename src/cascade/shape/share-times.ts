import type { Columns } from '../columns/columns.ts';

/** When the first and the last share were made, by their own times; null where there is no share. */
export type ShareTimes = { firstMs: number; lastMs: number };

export function shareTimes({ count, timeMs }: Columns): ShareTimes | null {
  if (count < 2) return null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let seq = 1; seq < count; seq += 1) {
    const at = timeMs[seq] ?? 0;
    if (at < firstMs) firstMs = at;
    if (at > lastMs) lastMs = at;
  }
  return { firstMs, lastMs };
}
