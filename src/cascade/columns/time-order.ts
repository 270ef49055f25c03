import type { Columns } from './columns.ts';

const digitBits = 16;
const digits = 2 ** digitBits;

/**
 * The rows in the order of their times, those of one time in the order of seq. By digits instead of by comparisons: a
 * million rows take a tenth of the time.
 */
export function timeOrder({ count, timeMs }: Pick<Columns, 'count' | 'timeMs'>): Uint32Array {
  const earliest = timeMs.subarray(0, count).reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const latest = timeMs.subarray(0, count).reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY);
  let order = Uint32Array.from({ length: count }, (_, seq) => seq);
  for (let unit = 1; unit <= latest - earliest; unit *= digits) {
    order = sortByDigit(order, (seq) => Math.floor(((timeMs[seq] ?? 0) - earliest) / unit) % digits);
  }
  return order;
}

/** One stable pass: what was sorted by lower digits stays sorted among equal ones. */
function sortByDigit(order: Uint32Array, digitOf: (seq: number) => number): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(digits + 1);
  for (const seq of order) {
    const digit = digitOf(seq);
    next[digit + 1] = (next[digit + 1] ?? 0) + 1;
  }
  for (let digit = 1; digit <= digits; digit += 1) next[digit] = (next[digit] ?? 0) + (next[digit - 1] ?? 0);
  const sorted = new Uint32Array(order.length);
  for (const seq of order) {
    const digit = digitOf(seq);
    const place = next[digit] ?? 0;
    sorted[place] = seq;
    next[digit] = place + 1;
  }
  return sorted;
}
