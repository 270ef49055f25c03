import type { Columns } from '../columns/columns.ts';

/** By depth, the root at 0: how many posts stand there and when the first of them came. */
export type DepthProfile = { posts: Uint32Array; firstAtMs: Float64Array; depthSum: number };

export function depthProfile(columns: Columns): DepthProfile {
  const { count, depth, timeMs } = columns;
  const levels = deepest(columns) + 1;
  const posts = new Uint32Array(levels);
  const firstAtMs = new Float64Array(levels).fill(Number.POSITIVE_INFINITY);
  let depthSum = 0;
  for (let seq = 0; seq < count; seq += 1) {
    const level = depth[seq] ?? 0;
    const at = timeMs[seq] ?? 0;
    depthSum += level;
    posts[level] = (posts[level] ?? 0) + 1;
    if (at < (firstAtMs[level] ?? 0)) firstAtMs[level] = at;
  }
  return { posts, firstAtMs, depthSum };
}

function deepest({ count, depth }: Columns): number {
  let found = 0;
  for (let seq = 0; seq < count; seq += 1) {
    const level = depth[seq] ?? 0;
    if (level > found) found = level;
  }
  return found;
}

/** The most posts that stand at one depth. */
export function maxBreadth({ posts }: DepthProfile): number {
  let widest = 0;
  for (const breadth of posts) if (breadth > widest) widest = breadth;
  return widest;
}

/** The part of all shares that were taken straight from the root; a lone root has no shares to take a part of. */
export function broadcastRatio({ posts }: DepthProfile, size: number): number | null {
  return size < 2 ? null : (posts[1] ?? 0) / (size - 1);
}
