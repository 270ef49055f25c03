import { z } from 'zod';
import { wholeNumber } from './values/whole-number.ts';

/** How long the store may take for one step of writing a month, or of bringing it back. */
export const archiveSettings = z.object({ timeoutMs: wholeNumber.default(3_600_000) }).prefault({});
