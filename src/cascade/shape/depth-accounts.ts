import type { Columns } from '../columns/columns.ts';

/**
 * Distinct accounts at each depth. Posts are laid out by depth first, so that one mark an account is enough to tell
 * whether it was seen at this depth before.
 */
export function depthAccounts(columns: Columns, posts: Uint32Array): Uint32Array {
  const ordered = accountsByDepth(columns, posts);
  const seenAt = new Int32Array(accountCount(columns)).fill(-1);
  const accounts = new Uint32Array(posts.length);
  let place = 0;
  for (let level = 0; level < posts.length; level += 1) {
    let distinct = 0;
    for (const end = place + (posts[level] ?? 0); place < end; place += 1) {
      const account = ordered[place] ?? 0;
      if (seenAt[account] !== level) distinct += 1;
      seenAt[account] = level;
    }
    accounts[level] = distinct;
  }
  return accounts;
}

/** The accounts of all posts, those of depth 0 first, then those of depth 1, and so on. */
function accountsByDepth({ count, depth, accountOrd }: Columns, posts: Uint32Array): Uint32Array {
  const next = new Uint32Array(posts.length);
  for (let level = 1; level < posts.length; level += 1) next[level] = (next[level - 1] ?? 0) + (posts[level - 1] ?? 0);
  const ordered = new Uint32Array(count);
  for (let seq = 0; seq < count; seq += 1) {
    const level = depth[seq] ?? 0;
    const place = next[level] ?? 0;
    ordered[place] = accountOrd[seq] ?? 0;
    next[level] = place + 1;
  }
  return ordered;
}

type Counted = { accounts: number; from: number };

/** Accounts are numbered without gaps in a cascade, so the greatest number tells how many there are. */
export function accountCount({ count, accountOrd }: Columns, before: Counted = { accounts: 0, from: 0 }): number {
  let greatest = before.accounts - 1;
  for (let seq = before.from; seq < count; seq += 1) {
    const ord = accountOrd[seq] ?? 0;
    if (ord > greatest) greatest = ord;
  }
  return greatest + 1;
}
