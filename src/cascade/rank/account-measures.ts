import type { Columns } from '../columns/columns.ts';
import { preorder } from '../shape/preorder.ts';
import { tallyTree } from '../shape/tally-tree.ts';

/** Posts by the number of their account: how many, the first of them, and which stand below no other of that account. */
export type AccountPosts = { posts: Uint32Array; first: Uint32Array; isTopmost: Uint8Array };

/** A walk in preorder, so that one number an account, where its outermost subtree ends, tells nested posts from others. */
export function accountPosts(columns: Columns, accounts: number): AccountPosts {
  const { count, accountOrd } = columns;
  const { subtreeSize } = tallyTree(columns);
  const order = preorder(columns);
  const posts = new Uint32Array(accounts);
  const first = new Uint32Array(accounts).fill(count);
  const endOf = new Uint32Array(accounts);
  const isTopmost = new Uint8Array(count);
  for (let place = 0; place < count; place += 1) {
    const seq = order[place] ?? 0;
    const account = accountOrd[seq] ?? 0;
    posts[account] = (posts[account] ?? 0) + 1;
    if (seq < (first[account] ?? 0)) first[account] = seq;
    if (place < (endOf[account] ?? 0)) continue;
    isTopmost[seq] = 1;
    endOf[account] = place + (subtreeSize[seq] ?? 0);
  }
  return { posts, first, isTopmost };
}

/** What all posts of each account have; with `only`, of those posts alone. */
export function sumByAccount(
  { count, accountOrd }: Columns,
  values: Float64Array,
  accounts: number,
  only?: Uint8Array,
): Float64Array {
  const sums = new Float64Array(accounts);
  for (let seq = 0; seq < count; seq += 1) {
    if (only !== undefined && only[seq] === 0) continue;
    const account = accountOrd[seq] ?? 0;
    sums[account] = (sums[account] ?? 0) + (values[seq] ?? 0);
  }
  return sums;
}
