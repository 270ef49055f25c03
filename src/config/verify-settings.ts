import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How much a recount takes in hand at once, and where it gives up. */
export const verifySettings = z
  .object({
    factsAtOnce: wholeNumber.default(200_000),
    graphPostsAtOnce: wholeNumber.default(10_000),
    idsAtOnce: wholeNumber.default(500),
    logEntriesAtOnce: wholeNumber.default(1000),
    maxPosts: wholeNumber.default(5_000_000),
    maxSuspects: wholeNumber.default(200_000),
    maxLetters: wholeNumber.default(100_000),
    maxClientIds: wholeNumber.default(10_000_000),
    maxExamples: wholeNumber.default(5),
    looks: wholeNumber.default(3),
    lookAgainMs: wholeNumber.default(500),
    storesTimeoutMs: wholeNumber.default(5000),
    timeoutMs: wholeNumber.default(300_000),
    logTimeoutMs: wholeNumber.default(10_000),
  })
  .prefault({});
