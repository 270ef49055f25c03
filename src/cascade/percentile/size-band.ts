/** Depth, breadth and virality grow with size, so cascades are compared only within [2^band, 2^(band + 1)) posts. */
export function sizeBand(posts: number): number {
  return 31 - Math.clz32(posts);
}

export function bandName(band: number): string {
  return `${2 ** band}-${2 ** (band + 1)}`;
}
