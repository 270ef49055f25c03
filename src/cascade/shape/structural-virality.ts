/**
 * The mean distance between two posts of a cascade (Goel, Anderson, Hofman and Watts 2016): 2W / (n (n - 1)).
 * A lone root has no pair, so it has no virality.
 */
export function structuralVirality(wiener: bigint, size: number): number | null {
  if (size < 2) return null;
  return Number(2n * wiener) / (size * (size - 1));
}
