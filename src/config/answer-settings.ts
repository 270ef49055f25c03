import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How much of answers that take long a process keeps, and how old one may be although nothing seems to have moved. */
export const answerSettings = z
  .object({ maxBytes: wholeNumber.default(64 * 1024 * 1024), maxAgeMs: wholeNumber.default(60_000) })
  .prefault({});
