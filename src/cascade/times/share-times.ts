import type { Columns } from '../columns/columns.ts';

/** When the first and the last share were made, by their own times; null where there is no share. */
export type ShareTimes = { firstMs: number; lastMs: number };

/** Of all shares; `before` speaks for those before row `from`. */
export function shareTimes({ count, timeMs }: Columns, before: ShareTimes | null = null, from = 1): ShareTimes | null {
  if (count < 2) return null;
  let firstMs = before?.firstMs ?? Number.POSITIVE_INFINITY;
  let lastMs = before?.lastMs ?? Number.NEGATIVE_INFINITY;
  for (let seq = Math.max(1, from); seq < count; seq += 1) {
    const at = timeMs[seq] ?? 0;
    if (at < firstMs) firstMs = at;
    if (at > lastMs) lastMs = at;
  }
  return { firstMs, lastMs };
}
