import type { Columns } from './columns.ts';

/** The posts below one post, itself included, as far as they were there at a time (epoch milliseconds; null: now). */
export type AskedMembers = { fromSeq: number; atMs: number | null };

/** One bit a post by its place: post `seq` is bit `seq % 8` of byte `seq >> 3`. */
export type Members = { members: Uint8Array; count: number };

const isThere = 1;
const isBelow = 2;
const isMember = isThere | isBelow;

/**
 * A post was there once its own time and those of all posts above it had come: the same as building the cascade again
 * from the events up to that time, where nothing links under a post that is missing.
 */
export function findMembers(columns: Columns, { fromSeq, atMs }: AskedMembers): Members {
  const { count: posts, parentSeq } = columns;
  const members = new Uint8Array(Math.ceil(posts / 8));
  const states = new Uint8Array(posts);
  let count = 0;
  for (let seq = 0; seq < posts; seq += 1) {
    const above = seq === 0 ? isThere : (states[parentSeq[seq] ?? 0] ?? 0);
    const state = (hasCome(columns, seq, atMs) ? above : above & isBelow) | (seq === fromSeq ? isBelow : 0);
    states[seq] = state;
    if (state !== isMember) continue;
    members[seq >> 3] = (members[seq >> 3] ?? 0) | (1 << (seq & 7));
    count += 1;
  }
  return { members, count };
}

/** A provisional root has no time yet (it is kept as 0), but its shares show that it was there before them. */
function hasCome({ timeMs }: Columns, seq: number, atMs: number | null): boolean {
  const ownMs = timeMs[seq] ?? 0;
  return atMs === null || ownMs <= atMs || (seq === 0 && ownMs === 0);
}
