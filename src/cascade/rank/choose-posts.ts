import type { Columns } from '../columns/columns.ts';

/** Which posts are put in order: the direct shares of one, those below one down to a depth (itself included), or all. */
export type PostChoice =
  | { kind: 'all' }
  | { kind: 'sharesOf'; seq: number }
  | { kind: 'subtreeOf'; seq: number; maxDepth: number };

export function choosePosts(columns: Columns, choice: PostChoice): Uint32Array {
  switch (choice.kind) {
    case 'all':
      return Uint32Array.from({ length: columns.count }, (_, seq) => seq);
    case 'sharesOf':
      return sharesOf(columns, choice.seq);
    case 'subtreeOf':
      return subtreeOf(columns, choice.seq, choice.maxDepth);
  }
}

function sharesOf({ count, parentSeq }: Columns, top: number): Uint32Array {
  const found: number[] = [];
  for (let seq = top + 1; seq < count; seq += 1) if (parentSeq[seq] === top) found.push(seq);
  return Uint32Array.from(found);
}

function subtreeOf({ count, parentSeq, depth }: Columns, top: number, maxDepth: number): Uint32Array {
  const deepest = (depth[top] ?? 0) + maxDepth;
  const isInside = new Uint8Array(count);
  const found: number[] = [];
  for (let seq = top; seq < count; seq += 1) {
    const isBelow = seq === top || isInside[parentSeq[seq] ?? 0] === 1;
    if (!isBelow || (depth[seq] ?? 0) > deepest) continue;
    isInside[seq] = 1;
    found.push(seq);
  }
  return Uint32Array.from(found);
}
