import type { Columns } from '../columns/columns.ts';
import { sumBelow } from '../shape/sum-below.ts';
import { tallyTree } from '../shape/tally-tree.ts';
import { startTime } from '../times/start-time.ts';

/** What posts of a cascade can be put in order by. */
export type PostMeasure = 'descendants' | 'direct' | 'shapley' | 'firstHour' | 'betweenness' | 'earliest';

/** One number a post, by seq. */
export const postMeasures: Record<PostMeasure, (columns: Columns) => Float64Array> = {
  descendants: (columns) => fromTally(columns, tallyTree(columns).subtreeSize, -1),
  direct: (columns) => fromTally(columns, tallyTree(columns).direct, 0),
  shapley,
  firstHour,
  betweenness,
  earliest: ({ count, timeMs }) => Float64Array.from(timeMs.subarray(0, count), (at) => -at),
};

function fromTally({ count }: Columns, tally: Uint32Array, plus: number): Float64Array {
  const values = new Float64Array(count);
  for (let seq = 0; seq < count; seq += 1) values[seq] = (tally[seq] ?? 0) + plus;
  return values;
}

/** Each post is worth 1, shared evenly by itself and all posts above it: the Shapley value of a tree's path game. */
function shapley(columns: Columns): Float64Array {
  const { count, depth } = columns;
  const values = new Float64Array(count);
  for (let seq = 0; seq < count; seq += 1) values[seq] = 1 / ((depth[seq] ?? 0) + 1);
  return sumBelow(columns, values);
}

const hourMs = 3_600_000;

/** Posts below each that were made within an hour of the root, or of the first share where the root's time is unknown. */
function firstHour(columns: Columns): Float64Array {
  const { count } = columns;
  const made = new Float64Array(count);
  const untilMs = startTime(columns) + hourMs;
  for (let seq = 0; seq < count; seq += 1) made[seq] = isEarly(columns, seq, untilMs);
  const values = sumBelow(columns, made.slice());
  for (let seq = 0; seq < count; seq += 1) values[seq] = (values[seq] ?? 0) - (made[seq] ?? 0);
  return values;
}

function isEarly({ timeMs }: Columns, seq: number, untilMs: number): number {
  return (timeMs[seq] ?? 0) <= untilMs ? 1 : 0;
}

/** Pairs of other posts whose path leads through the post: ((n-1)^2 - sum over children of s_c^2 - (n - s_v)^2) / 2. */
function betweenness(columns: Columns): Float64Array {
  const { count, parentSeq } = columns;
  const { subtreeSize } = tallyTree(columns);
  const squares = new Float64Array(count);
  for (let seq = 1; seq < count; seq += 1) {
    const parent = parentSeq[seq] ?? 0;
    squares[parent] = (squares[parent] ?? 0) + (subtreeSize[seq] ?? 0) ** 2;
  }
  return squares.map((below, seq) => ((count - 1) ** 2 - below - (count - (subtreeSize[seq] ?? 0)) ** 2) / 2);
}
