import type { LookLimits } from '../../../src/cascade/percentile/look-for-due.ts';

/** Small, so that a few cascades already need several pages, rounds and reads. */
export const lookLimits: LookLimits = {
  cascadesAtOnce: 7,
  maxRounds: 50,
  batchRows: 60,
  batchCascades: 3,
  batchIdBytes: 1000,
  largePosts: 1000,
  largeAtOnce: 2,
  largeRestMs: 30_000,
  turnMs: 0,
  wholeEveryMs: 30_000,
  pageRoots: 5,
  pagesAtOnce: 100,
};

export const everything = { afterRootId: '', upToRootId: '', afterLinkSeq: 0 };
