import { z } from 'zod';

const dayMs = 86_400_000;

const whole = (max: number) => z.int().min(0).max(max);

/** How many there are of something. */
export const count = whole(1_000_000_000_000);

/** A place in a list or a feed, counted from 0. */
export const position = whole(1_000_000_000);

export const sizeBytes = whole(1_000_000_000_000_000);

export const durationMs = whole(31 * dayMs);

export const durationSeconds = z
  .number()
  .min(0)
  .max(31 * 86_400);

/** A share of a whole, from 0 to 1. */
export const fraction = z.number().min(0).max(1);

export const sentiment = z.number().min(-1).max(1);

/** A measured quantity of any unit. */
export const measured = z.number().min(-1_000_000_000_000_000).max(1_000_000_000_000_000);

export const flag = z.boolean();
