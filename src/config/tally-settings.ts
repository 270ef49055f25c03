import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How many facts are counted at once, and how long the tally rests when it has counted all; and how often how much is counted anew. */
export const tallySettings = z
  .object({
    leaseMs: wholeNumber.default(10_000),
    retryMaxMs: wholeNumber.default(5000),
    idleMs: wholeNumber.default(100),
    gatherMs: wholeNumber.default(700),
    maxItems: wholeNumber.min(1).default(2_000_000),
    recountEveryMs: wholeNumber.default(3_600_000),
    recountMonths: wholeNumber.default(2),
    staleEveryMs: wholeNumber.default(20_000),
    recount: z
      .object({
        holdMs: wholeNumber.default(30_000),
        confirmMs: wholeNumber.default(20_000),
        factsAtOnce: wholeNumber.min(1).default(20_000_000),
      })
      .prefault({}),
  })
  .prefault({});
