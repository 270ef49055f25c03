/** Posts that were shared directly equally often. */
export type SharedAlike = { direct: number; posts: number };

/** The largest h so that h posts have at least h direct shares each (Hirsch 2005). */
export function hIndex(groups: readonly SharedAlike[]): number {
  let seen = 0;
  let best = 0;
  for (const { direct, posts } of groups.toSorted((a, b) => b.direct - a.direct)) {
    seen += posts;
    best = Math.max(best, Math.min(direct, seen));
  }
  return best;
}
