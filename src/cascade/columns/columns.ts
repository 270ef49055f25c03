/**
 * One cascade as numbers: a row a post, in the order of `seq` (the root is row 0, a parent stands before its shares).
 * No strings: a million posts take 28 MB here and minutes of garbage collection as objects.
 */
export type Columns = {
  /** Rows in use; the arrays are longer, so that new shares can be added in place. */
  count: number;
  parentSeq: Uint32Array;
  depth: Uint32Array;
  timeMs: Float64Array;
  accountOrd: Uint32Array;
  tallies: Tallies;
};

/** What follows from the tree alone; right for the first `counted` rows taken as a whole. See shape/tally-tree.ts. */
export type Tallies = {
  counted: number;
  /** Posts in the subtree of each post, itself included. */
  subtreeSize: Uint32Array;
  /** Direct shares of each post. */
  direct: Uint32Array;
  wienerIndex: bigint;
};

/** Rows that follow those a cascade already has. */
export type ColumnRows = {
  parentSeq: Uint32Array;
  depth: Uint32Array;
  timeMs: Float64Array;
  accountOrd: Uint32Array;
};

const bytesPerRow = 4 + 4 + 8 + 4 + 4 + 4;
const smallestCapacity = 16;

export function createColumns(capacity = smallestCapacity): Columns {
  return {
    count: 0,
    parentSeq: new Uint32Array(capacity),
    depth: new Uint32Array(capacity),
    timeMs: new Float64Array(capacity),
    accountOrd: new Uint32Array(capacity),
    tallies: {
      counted: 0,
      subtreeSize: new Uint32Array(capacity),
      direct: new Uint32Array(capacity),
      wienerIndex: 0n,
    },
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
  const { counted, wienerIndex, subtreeSize, direct } = columns.tallies;
  grown.tallies.subtreeSize.set(subtreeSize.subarray(0, counted));
  grown.tallies.direct.set(direct.subarray(0, counted));
  Object.assign(columns, { ...grown, count, tallies: { ...grown.tallies, counted, wienerIndex } });
}

function requireTree({ parentSeq, depth }: Columns, from: number, to: number): void {
  for (let seq = from; seq < to; seq += 1) {
    const parent = parentSeq[seq] ?? seq;
    const expected = seq === 0 ? 0 : (depth[parent] ?? 0) + 1;
    const isPlaced = seq === 0 || parent < seq;
    if (!isPlaced || depth[seq] !== expected) throw new Error(`row ${seq} of a cascade does not continue its tree`);
  }
}
