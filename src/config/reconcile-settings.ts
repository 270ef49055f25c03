import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** When the stores are compared, in which portions, and how much of them a run may repair. */
export const reconcileSettings = z
  .object({
    sweepEveryMs: wholeNumber.default(15_000),
    rootDelayMs: wholeNumber.default(10_000),
    concurrency: wholeNumber.default(300),
    gatherMs: wholeNumber.default(100),
    restTimes: wholeNumber.default(2),
    sweepRootsAtOnce: wholeNumber.default(500),
    sweepRounds: wholeNumber.default(50),
    pass: z
      .object({
        countEveryMs: wholeNumber.default(10_000),
        repairEveryMs: wholeNumber.default(60_000),
        stretchEveryMs: wholeNumber.default(10_000),
        leaseMs: wholeNumber.default(60_000),
        bucketSize: wholeNumber.min(1).default(10_000),
        newestBuckets: wholeNumber.default(2),
        olderBuckets: wholeNumber.default(20),
        rootsAtOnce: wholeNumber.default(500),
        stretchesAtOnce: wholeNumber.default(5),
        maxRepairShare: z.number().positive().max(1).default(0.01),
        minRepairs: wholeNumber.default(20),
        followMs: wholeNumber.default(20_000),
        secondLookMs: wholeNumber.default(1000),
        repairRounds: wholeNumber.default(5),
      })
      .prefault({}),
    repair: z
      .object({
        holdMs: wholeNumber.default(30_000),
        confirmMs: wholeNumber.default(20_000),
        settleMs: wholeNumber.default(2000),
        placeRounds: wholeNumber.default(20),
        postsAtOnce: wholeNumber.default(1000),
        maxPosts: wholeNumber.default(2_000_000),
        linkPosts: wholeNumber.default(5000),
        linkWork: wholeNumber.default(500),
        linkSteps: wholeNumber.default(2000),
        numbersAtOnce: wholeNumber.default(10_000),
      })
      .prefault({}),
  })
  .prefault({});
