import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** How many facts are counted at once, and how long the tally rests when it has counted all. */
export const tallySettings = z
  .object({
    leaseMs: wholeNumber.default(10_000),
    retryMaxMs: wholeNumber.default(5000),
    idleMs: wholeNumber.default(500),
    maxItems: wholeNumber.min(1).default(500_000),
  })
  .prefault({});
