import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How much of the books is shown, and how often they are checked and copied. */
export const ledgerSettings = z
  .object({
    pageMinutes: wholeNumber.default(1000),
    rangeMinutes: wholeNumber.default(44_640),
    defaultMinutes: wholeNumber.default(60),
    looks: wholeNumber.default(3),
    pauseMs: wholeNumber.default(50),
    check: z
      .object({
        everyMs: wholeNumber.default(30_000),
        recentMinutes: wholeNumber.default(120),
        sweepMinutes: wholeNumber.default(1440),
        lookAgainAt: wholeNumber.default(50),
        shownMinutes: wholeNumber.default(5),
        looks: wholeNumber.default(3),
        pauseMs: wholeNumber.default(500),
      })
      .prefault({}),
    copy: z
      .object({
        everyMs: wholeNumber.default(60_000),
        copyAfterMs: wholeNumber.default(3_600_000),
        keepCopiedMs: wholeNumber.default(3_600_000),
        minutesAtOnce: wholeNumber.default(1000),
      })
      .prefault({}),
  })
  .prefault({});
