import { z } from 'zod';
import { type ExpiringKind, expiringKinds, lastingKinds, passingKinds } from '../event/expiring-kinds.ts';
import { wholeNumber } from './values/whole-number.ts';

const usualDays = 800;
// Fewer would take events that the recount of a month or the engagement of a usual range is still asked about.
const leastDays = 31;

const kind = z.enum(expiringKinds);
const days = wholeNumber.refine((value) => value === 0 || value >= leastDays, `0, or at least ${leastDays} days`);

const named = z.array(z.tuple([kind, days]));

/** `view=400,error=90`: days by kind of event, 0 for ever. Kinds that are not named keep their usual time. */
const daysByKind = z
  .string()
  .default('')
  .transform((text, context) => {
    const pairs = text.split(',').filter((part) => part.trim() !== '');
    const read = named.safeParse(pairs.map((pair) => pair.split('=').map((word) => word.trim())));
    if (!read.success) context.addIssue(`is written as view=400,error=90: ${z.prettifyError(read.error)}`);
    const told = new Map<ExpiringKind, number>(read.data);
    return {
      ...Object.fromEntries(passingKinds.map((name) => [name, told.get(name) ?? usualDays])),
      ...Object.fromEntries(lastingKinds.map((name) => [name, told.get(name) ?? 0])),
    };
  });

/** How long raw events and sums by the quarter of an hour are kept; sums by the day stay. */
export const retentionSettings = z
  .object({
    days: daysByKind,
    quarterDays: wholeNumber.default(90),
    everyMs: wholeNumber.default(86_400_000),
    eventsAtOnce: wholeNumber.min(1).default(50_000),
    /** How many events one run lets expire; the rest waits for the next. */
    maxEvents: wholeNumber.min(1).default(50_000_000),
    leaseMs: wholeNumber.default(30_000),
    timeoutMs: wholeNumber.default(3_600_000),
  })
  .prefault({});
