import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How often cascades are measured, in which portions, and how long one of them may hold the process. */
export const measureSettings = z
  .object({
    everyMs: wholeNumber.default(5000),
    wholeEveryMs: wholeNumber.default(30_000),
    cascadesAtOnce: wholeNumber.min(1).default(3000),
    maxRounds: wholeNumber.default(30),
    pageRoots: wholeNumber.min(1).default(20_000),
    pagesAtOnce: wholeNumber.default(10),
    batchRows: wholeNumber.default(200_000),
    batchCascades: wholeNumber.min(1).default(1000),
    batchIdBytes: wholeNumber.default(100_000),
    largePosts: wholeNumber.default(100_000),
    largeAtOnce: wholeNumber.default(4),
    largeRestMs: wholeNumber.default(30_000),
    turnMs: wholeNumber.default(10),
    cacheBytes: wholeNumber.default(64 * 1024 * 1024),
  })
  .prefault({});
