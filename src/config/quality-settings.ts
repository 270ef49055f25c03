import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How long the counts of what is wrong with events are kept, and how often they are written down. */
export const qualitySettings = z
  .object({ keptDays: wholeNumber.min(1).max(1000).default(30), flushMs: wholeNumber.min(1).default(1000) })
  .prefault({});
