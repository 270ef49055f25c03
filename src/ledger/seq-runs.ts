import type { LedgerMinute } from '../log/ledger/ledger-minute.ts';

/** Accept numbers that were given one after the other in one minute, both ends included. */
export type SeqRun = { minuteMs: number; first: number; last: number };

/** A minute has one run; more only where a clock was set back by over a minute. */
export function runsOf({ minuteMs, firstSeq, lastSeq, gaps }: LedgerMinute): SeqRun[] {
  if (lastSeq === 0) return [];
  const runs: SeqRun[] = [];
  let first = firstSeq;
  for (const gap of gaps.split(',')) {
    const [end, start] = gap.split('-').map(Number);
    if (end === undefined || start === undefined) continue;
    runs.push({ minuteMs, first, last: end });
    first = start;
  }
  return [...runs, { minuteMs, first, last: lastSeq }];
}

export function countAbove(runs: readonly SeqRun[], seq: number): number {
  return runs.reduce((count, { first, last }) => count + Math.max(0, last - Math.max(first, seq + 1) + 1), 0);
}

/** The part of the runs that lies at or below a number. */
export function cutAt(runs: readonly SeqRun[], seq: number): SeqRun[] {
  return runs.flatMap((run) => (run.first > seq ? [] : [{ ...run, last: Math.min(run.last, seq) }]));
}

/** Tells the minute of an accept number; undefined for one of no run. */
export function minuteFinder(runs: readonly SeqRun[]): (seq: number) => number | undefined {
  const sorted = [...runs].sort((left, right) => left.first - right.first);
  return (seq) => {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle]?.first ?? 0) <= seq) from = middle + 1;
      else to = middle;
    }
    const run = sorted[from - 1];
    return run !== undefined && seq <= run.last ? run.minuteMs : undefined;
  };
}
