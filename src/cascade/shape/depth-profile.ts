import type { Columns } from '../columns/columns.ts';

/** By depth, the root at 0: how many posts stand there and when the first of them came. */
export type DepthProfile = { posts: Uint32Array; firstAtMs: Float64Array; depthSum: number; counted: number };

/** Of all posts; those that `before` counted are not looked at again. */
export function depthProfile(columns: Columns, before: DepthProfile = emptyProfile): DepthProfile {
  const { count, depth, timeMs } = columns;
  const { posts, firstAtMs } = withLevels(before, deepest(columns, before) + 1);
  let { depthSum } = before;
  for (let seq = before.counted; seq < count; seq += 1) {
    const level = depth[seq] ?? 0;
    const at = timeMs[seq] ?? 0;
    depthSum += level;
    posts[level] = (posts[level] ?? 0) + 1;
    if (at < (firstAtMs[level] ?? 0)) firstAtMs[level] = at;
  }
  return { posts, firstAtMs, depthSum, counted: count };
}

const emptyProfile: DepthProfile = {
  posts: new Uint32Array(0),
  firstAtMs: new Float64Array(0),
  depthSum: 0,
  counted: 0,
};

/** A copy with room for so many levels: what was said of fewer posts stays as it was said. */
function withLevels(before: DepthProfile, levels: number): Pick<DepthProfile, 'posts' | 'firstAtMs'> {
  const posts = new Uint32Array(levels);
  const firstAtMs = new Float64Array(levels).fill(Number.POSITIVE_INFINITY);
  posts.set(before.posts);
  firstAtMs.set(before.firstAtMs);
  return { posts, firstAtMs };
}

function deepest({ count, depth }: Columns, before: DepthProfile): number {
  let found = Math.max(0, before.posts.length - 1);
  for (let seq = before.counted; seq < count; seq += 1) {
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
