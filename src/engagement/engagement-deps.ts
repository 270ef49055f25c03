import type { Facts } from '../facts/facts.ts';
import type { FactsAsOf } from './asked/facts-as-of.ts';
import type { WholeFrom } from './asked/open-whole-from.ts';

/** What the answers about engagement are given from. */
export type EngagementDeps = {
  facts: Pick<Facts, 'select'>;
  asOf: FactsAsOf;
  wholeFrom: WholeFrom;
  now: () => number;
  limits: EngagementLimits;
};

export type EngagementLimits = {
  /** Days up to its end that a range has whose start is not named. */
  rangeDays: number;
  /** Days that counts by the quarter of an hour are kept; 0 is for ever. */
  quarterDays: number;
};
