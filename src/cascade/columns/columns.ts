/**
 * One cascade as numbers: a row a post, in the order of `seq` (the root is row 0, a parent stands before its shares).
 * No strings: a million posts take 24 MB here and minutes of garbage collection as objects.
 */
export type Columns = {
  /** Rows in use; the arrays are longer, so that new shares can be added in place. */
  count: number;
  parentSeq: Uint32Array;
  depth: Uint32Array;
  timeMs: Float64Array;
  accountOrd: Uint32Array;
  /** Posts in the subtree of each post, itself included; right for the first `sized` rows taken as a whole. */
  subtreeSize: Uint32Array;
  sized: number;
};

/** Rows that follow those a cascade already has. */
export type ColumnRows = {
  parentSeq: Uint32Array;
  depth: Uint32Array;
  timeMs: Float64Array;
  accountOrd: Uint32Array;
};

const bytesPerRow = 4 + 4 + 8 + 4 + 4;
const smallestCapacity = 16;

export function createColumns(capacity = smallestCapacity): Columns {
  return {
    count: 0,
    parentSeq: new Uint32Array(capacity),
    depth: new Uint32Array(capacity),
    timeMs: new Float64Array(capacity),
    accountOrd: new Uint32Array(capacity),
    subtreeSize: new Uint32Array(capacity),
    sized: 0,
  };
}

export function columnsBytes(columns: Columns): number {
  return columns.parentSeq.length * bytesPerRow;
}

/** Adds rows in place. Rows that do not continue this tree are a fault, and then nothing is added. */
export function appendRows(columns: Columns, rows: ColumnRows): void {
  const first = columns.count;
  const added = rows.parentSeq.length;
  reserve(columns, first + added);
  columns.parentSeq.set(rows.parentSeq, first);
  columns.depth.set(rows.depth, first);
  columns.timeMs.set(rows.timeMs, first);
  columns.accountOrd.set(rows.accountOrd, first);
  requireTree(columns, first, first + added);
  columns.count = first + added;
}

/** Doubling keeps the cost of growing one share at a time constant per share. */
function reserve(columns: Columns, needed: number): void {
  const capacity = columns.parentSeq.length;
  if (needed <= capacity) return;
  const grown = createColumns(Math.max(needed, capacity * 2));
  const { count } = columns;
  grown.parentSeq.set(columns.parentSeq.subarray(0, count));
  grown.depth.set(columns.depth.subarray(0, count));
  grown.timeMs.set(columns.timeMs.subarray(0, count));
  grown.accountOrd.set(columns.accountOrd.subarray(0, count));
  grown.subtreeSize.set(columns.subtreeSize.subarray(0, count));
  Object.assign(columns, { ...grown, count, sized: columns.sized });
}

function requireTree({ parentSeq, depth }: Columns, from: number, to: number): void {
  for (let seq = from; seq < to; seq += 1) {
    const parent = parentSeq[seq] ?? seq;
    const expected = seq === 0 ? 0 : (depth[parent] ?? 0) + 1;
    const isPlaced = seq === 0 || parent < seq;
    if (!isPlaced || depth[seq] !== expected) throw new Error(`row ${seq} of a cascade does not continue its tree`);
  }
}
