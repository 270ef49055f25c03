/**
 * The sum of distances between all pairs of posts, exactly: every edge above v is crossed s_v (n - s_v) times.
 * Partial sums stay below 2^53 in doubles, which is fast, and are moved to a BigInt before they could round.
 */
export function wienerIndex(subtreeSize: Uint32Array, count: number): bigint {
  let whole = 0n;
  let partial = 0;
  for (let seq = 1; seq < count; seq += 1) {
    const size = subtreeSize[seq] ?? 0;
    const crossings = size * (count - size);
    if (partial + crossings > Number.MAX_SAFE_INTEGER) {
      whole += BigInt(partial);
      partial = 0;
    }
    partial += crossings;
  }
  return whole + BigInt(partial);
}
