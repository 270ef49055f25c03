import { z } from 'zod';

const count = z.number().int().nonnegative();
const ms = z.number().nonnegative();
const measuredAt = z.iso.date();

const badAnswers = z.strictObject({ requests: count, serverErrors: count, slowestMs: ms });

/** What the README says was measured, each group written by the run that measured it. */
const figures = z.strictObject({
  faults: z.strictObject({
    measuredAt,
    kills: count,
    acked: count,
    lost: count,
    doubled: count,
    invented: count,
    unbalancedMinutes: count,
    driftP50Ms: ms,
    driftP99Ms: ms,
  }),
  redisDown: z.strictObject({ measuredAt, refused: count, refusedP99Ms: ms, consumingAgainMs: ms }),
  jobAgain: z.strictObject({ measuredAt, ms }),
  takeover: z.strictObject({ measuredAt, leaseMs: ms, ms }),
  overlap: z.strictObject({ measuredAt, events: count, sendings: count, countedTwice: count }),
  drift: z.strictObject({ measuredAt, kinds: count, passes: count, falseRepairs: count }),
  stop: z.strictObject({ measuredAt, restarts: count, slowestExitMs: ms, acked: count, lost: count }),
  /** By test file. */
  badInput: z.strictObject({ measuredAt, files: z.record(z.string(), badAnswers) }),
  fuzz: z.strictObject({ measuredAt, requests: count, serverErrors: count, mismatches: count }),
  ackLatency: z.strictObject({ measuredAt, eventsPerSecond: count, p50Ms: ms, p99Ms: ms }),
});

export type BadAnswers = z.output<typeof badAnswers>;

/** A group that has never been measured is not there. */
export const keptFigures = figures.partial();

export type KeptFigures = z.output<typeof keptFigures>;
export type Figures = z.output<typeof figures>;
export type FigureGroup = keyof Figures;
