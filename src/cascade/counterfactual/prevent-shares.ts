import type { Columns } from '../columns/columns.ts';
import { branchTimes, type FreezeMode, outside } from './branch-times.ts';
import { earliestMeetings } from './meetings.ts';
import type { Views } from './views.ts';

export type FreezeQuestion = { seq: number; mode: FreezeMode; timesMs: Float64Array; views: Views | null };

/**
 * What a freeze at one time would have prevented. `upper`: all that hangs on the frozen post. `lower`: without those
 * whose account had met the cascade elsewhere before. `lowest`: also without what was shared from such a share.
 */
export type Prevented = {
  upper: number;
  lower: number;
  lowest: number;
  viewers: { upper: number; lower: number } | null;
};

/** Every share has one latest moment up to which a freeze prevents it, so a bound is a count of moments from T on. */
export function preventShares(columns: Columns, { seq: frozen, mode, timesMs, views }: FreezeQuestion): Prevented[] {
  const branchMs = branchTimes(columns, frozen, mode);
  const metMs = earliestMeetings(columns, { branchMs, frozen, views });
  const surelyMs = branchMs.map((at, seq) => Math.min(at, metMs[seq] ?? outside));
  const viewers = views === null ? null : viewersBehind(views, branchMs);
  const upper = branchMs.toSorted();
  const lower = surelyMs.toSorted();
  return Array.from(timesMs, (at) => ({
    upper: countFrom(upper, at),
    lower: countFrom(lower, at),
    lowest: countUnfollowed(columns, { branchMs, surelyMs }, at),
    viewers: viewers && { upper: countFrom(viewers.some, at), lower: countFrom(viewers.only, at) },
  }));
}

type Moments = { branchMs: Float64Array; surelyMs: Float64Array };

/** Of what a freeze surely prevents, that above which nothing is kept: a kept share would have been shared from as well. */
function countUnfollowed({ count, parentSeq }: Columns, { branchMs, surelyMs }: Moments, at: number): number {
  const isUnfollowed = new Uint8Array(count).fill(1);
  let found = 0;
  for (let seq = 0; seq < count; seq += 1) {
    const isGone = (branchMs[seq] ?? outside) >= at;
    const isKept = isGone && (surelyMs[seq] ?? outside) < at;
    if (isKept || (seq > 0 && isUnfollowed[parentSeq[seq] ?? 0] === 0)) isUnfollowed[seq] = 0;
    else if (isGone) found += 1;
  }
  return found;
}

/** Of every viewer: up to when a freeze takes away something that was seen, and up to when everything. Both sorted. */
function viewersBehind(
  { count, viewer, seq }: Views,
  branchMs: Float64Array,
): { some: Float64Array; only: Float64Array } {
  const viewers = viewer.reduce((most, number) => Math.max(most, number + 1), 0);
  const some = new Float64Array(viewers).fill(outside);
  const only = new Float64Array(viewers).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < count; row += 1) {
    const who = viewer[row] ?? 0;
    const at = branchMs[seq[row] ?? 0] ?? outside;
    some[who] = Math.max(some[who] ?? outside, at);
    only[who] = Math.min(only[who] ?? outside, at);
  }
  return { some: some.sort(), only: only.sort() };
}

/** How many of the sorted moments are not before a time. */
function countFrom(sorted: Float64Array, at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
