import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How far answers about engagement reach when they are not told. */
export const engagementSettings = z
  .object({ rangeDays: wholeNumber.default(30), wholeFromMs: wholeNumber.default(60_000) })
  .prefault({});
