import { z } from 'zod';
import { measureSettings } from './measure-settings.ts';
import { wholeNumber } from './values/whole-number.ts';

/** How much of cascades a process keeps in memory, and how much one answer about them may read. */
export const cascadeSettings = z
  .object({
    cacheBytes: wholeNumber.default(256 * 1024 * 1024),
    watermarkMs: wholeNumber.default(50),
    extentMs: wholeNumber.default(1000),
    percentileMs: wholeNumber.default(1000),
    comparisonMs: wholeNumber.default(1000),
    remembered: wholeNumber.default(10_000),
    maxViews: wholeNumber.default(1_000_000),
    // Each holds a query of the facts store for as long as its client reads, and the local one has room for eight.
    maxExports: wholeNumber.default(4),
    lineageWaitMs: wholeNumber.default(2000),
    accountCascades: wholeNumber.default(200),
    accountPosts: wholeNumber.default(2_000_000),
    walkPosts: wholeNumber.default(100_000),
    walkEdges: wholeNumber.default(100_000),
    measure: measureSettings,
  })
  .prefault({});
