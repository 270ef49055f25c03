import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** In which portions a store is filled anew and compared. */
export const replaySettings = z
  .object({
    windowItems: wholeNumber.default(20_000),
    entryItems: wholeNumber.default(10_000),
    pageSize: wholeNumber.default(10_000),
    maxExamples: wholeNumber.default(20),
    maxMoving: wholeNumber.default(10_000),
    leaseMs: wholeNumber.default(30_000),
    answerMs: wholeNumber.default(60_000),
  })
  .prefault({});
