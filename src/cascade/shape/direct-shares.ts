import type { Columns } from '../columns/columns.ts';

/** How many posts were shared by nobody, and the most shares that one post got directly. */
export type DirectShares = { leaves: number; most: number };

export function directShares({ count, parentSeq }: Columns): DirectShares {
  const direct = new Uint32Array(count);
  for (let seq = 1; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    direct[parent] = (direct[parent] ?? 0) + 1;
  }
  let leaves = 0;
  let most = 0;
  for (const shares of direct) {
    if (shares === 0) leaves += 1;
    if (shares > most) most = shares;
  }
  return { leaves, most };
}
