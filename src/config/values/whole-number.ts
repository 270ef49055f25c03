import { z } from 'zod';

/** The environment has texts only. */
export const wholeNumber = z.coerce.number().int().nonnegative();
