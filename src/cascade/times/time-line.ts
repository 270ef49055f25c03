import type { Columns } from '../columns/columns.ts';

export type TimeLineQuestion = {
  /** Null: the least of the usual steps that needs no more than `fit` buckets. */
  stepMs: number | null;
  fit: number;
  /** From here on, and before there; null: from the first share, and up to the last. */
  fromMs: number | null;
  toMs: number | null;
  /** Buckets that are left out in front, and how many are wanted after them. */
  skip: number;
  take: number;
};

/** Equal steps of time, the empty ones too; `cumulative` counts all shares before the end of the step. */
export type TimeLine = {
  stepMs: number;
  buckets: number;
  atMs: Float64Array;
  shares: Uint32Array;
  cumulative: Uint32Array;
  maxDepth: Uint32Array;
};

const secondsOfSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  2_592_000, 31_536_000,
];

type Span = { startMs: number; endMs: number };

export function timeLine(columns: Columns, question: TimeLineQuestion): TimeLine {
  const span = spanOf(columns, question);
  const stepMs = question.stepMs ?? stepThatFits(span, question.fit);
  if (span.endMs <= span.startMs) return fill(columns, { ...question, stepMs }, span, 0);
  const firstStep = Math.floor(span.startMs / stepMs);
  const buckets = Math.floor((span.endMs - 1) / stepMs) - firstStep + 1;
  return fill(columns, { ...question, stepMs }, span, buckets);
}

function spanOf({ count, timeMs }: Columns, { fromMs, toMs }: TimeLineQuestion): Span {
  let startMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let seq = 1; seq < count; seq += 1) {
    const at = timeMs[seq] ?? 0;
    if (at < startMs) startMs = at;
    if (at > lastMs) lastMs = at;
  }
  if (count < 2) return { startMs: fromMs ?? 0, endMs: toMs ?? fromMs ?? 0 };
  return { startMs: fromMs ?? startMs, endMs: toMs ?? lastMs + 1 };
}

function stepThatFits({ startMs, endMs }: Span, fit: number): number {
  const fits = (stepMs: number) => Math.floor((endMs - 1) / stepMs) - Math.floor(startMs / stepMs) < fit;
  const seconds = secondsOfSteps.find((step) => fits(step * 1000));
  return (seconds ?? secondsOfSteps.at(-1) ?? 1) * 1000;
}

type Steps = { stepMs: number; skip: number; take: number };

function fill(columns: Columns, { stepMs, skip, take }: Steps, span: Span, buckets: number): TimeLine {
  const shown = Math.max(0, Math.min(take, buckets - skip));
  const firstStep = Math.floor(span.startMs / stepMs) + skip;
  const line = {
    stepMs,
    buckets,
    atMs: Float64Array.from({ length: shown }, (_, index) => (firstStep + index) * stepMs),
    shares: new Uint32Array(shown),
    cumulative: new Uint32Array(shown),
    maxDepth: new Uint32Array(shown),
  };
  const before = { shares: 0, depth: 0 };
  for (let seq = 1; seq < columns.count; seq += 1) {
    const at = columns.timeMs[seq] ?? 0;
    const level = columns.depth[seq] ?? 0;
    const bucket = Math.floor(at / stepMs) - firstStep;
    if (at < span.startMs || bucket < 0) {
      before.shares += 1;
      before.depth = Math.max(before.depth, level);
    } else if (bucket < shown && at < span.endMs) {
      line.shares[bucket] = (line.shares[bucket] ?? 0) + 1;
      line.maxDepth[bucket] = Math.max(line.maxDepth[bucket] ?? 0, level);
    }
  }
  accumulate(line, before);
  return line;
}

function accumulate({ shares, cumulative, maxDepth }: TimeLine, before: { shares: number; depth: number }): void {
  let sum = before.shares;
  let deepest = before.depth;
  for (let bucket = 0; bucket < shares.length; bucket += 1) {
    sum += shares[bucket] ?? 0;
    deepest = Math.max(deepest, maxDepth[bucket] ?? 0);
    cumulative[bucket] = sum;
    maxDepth[bucket] = deepest;
  }
}
