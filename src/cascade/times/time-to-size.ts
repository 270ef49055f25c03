import type { Columns } from '../columns/columns.ts';

export type SizeReached = { size: number; atMs: number };

/**
 * When a cascade had 2, 10, 100, 1000, ... posts, by the posts' own times, the root included. What was reached before
 * the rows from `from` on came still holds where these are all later and reach no further size.
 */
export function growTimeToSize(columns: Columns, before: SizeReached[], from: number): SizeReached[] {
  const last = before.at(-1);
  const isSame =
    last !== undefined &&
    sizesUpTo(columns.count).length === before.length &&
    columns.timeMs.subarray(from, columns.count).every((at) => at >= last.atMs);
  return isSame ? before : timeToSize(columns);
}

function timeToSize({ count, timeMs }: Columns): SizeReached[] {
  const times = timeMs.slice(0, count);
  const reached: SizeReached[] = [];
  // From the largest size down: each selection leaves all earlier times in front, so the next one looks only there.
  let end = count;
  for (const size of sizesUpTo(count).reverse()) {
    reached.push({ size, atMs: selectSmallest(times, end, size) });
    end = size;
  }
  return reached.reverse();
}

function sizesUpTo(count: number): number[] {
  const sizes = count >= 2 ? [2] : [];
  for (let size = 10; size <= count; size *= 10) sizes.push(size);
  return sizes;
}

/** The rank-th smallest of the first `end` values (Hoare's quickselect); afterwards the `rank` smallest stand first. */
function selectSmallest(values: Float64Array, end: number, rank: number): number {
  const target = rank - 1;
  let low = 0;
  let high = end - 1;
  let seed = end;
  while (low < high) {
    // A pivot drawn from a fixed sequence: no order that events arrive in can make this slow.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const { left, right } = partition(values, { low, high }, values[low + (seed % (high - low + 1))] ?? 0);
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else break;
  }
  return values[target] ?? 0;
}

type Span = { low: number; high: number };

/** Moves values up to the pivot to the left of `left` and values from it on to the right of `right`. */
function partition(values: Float64Array, { low, high }: Span, pivot: number): { left: number; right: number } {
  let left = low;
  let right = high;
  while (left <= right) {
    while ((values[left] ?? 0) < pivot) left += 1;
    while ((values[right] ?? 0) > pivot) right -= 1;
    if (left <= right) {
      const moved = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
  }
  return { left, right };
}
