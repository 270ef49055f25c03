import type { Columns } from '../columns/columns.ts';

/** Moments, in rising order, and a part of all shares, the earliest ones. */
export type GrowthQuestion = { timesMs: Float64Array; earlyPart: number };

/** How many shares there were at each moment; and when the last of the early ones was made, null where there is none. */
export type Growth = { shares: Uint32Array; earlyUntilMs: number | null };

export function measureGrowth({ count, timeMs }: Columns, { timesMs, earlyPart }: GrowthQuestion): Growth {
  const sorted = timeMs.slice(1, count).sort();
  const shares = new Uint32Array(timesMs.length);
  let made = 0;
  for (const [index, at] of timesMs.entries()) {
    while (made < sorted.length && (sorted[made] ?? 0) <= at) made += 1;
    shares[index] = made;
  }
  return { shares, earlyUntilMs: sorted[Math.ceil(sorted.length * earlyPart) - 1] ?? null };
}
