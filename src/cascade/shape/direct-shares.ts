/** How many posts were shared by nobody, and the most shares that one post got directly. */
export type DirectShares = { leaves: number; most: number };

export function directShares(direct: Uint32Array, count: number): DirectShares {
  let leaves = 0;
  let most = 0;
  for (let seq = 0; seq < count; seq += 1) {
    const shares = direct[seq] ?? 0;
    if (shares === 0) leaves += 1;
    if (shares > most) most = shares;
  }
  return { leaves, most };
}
