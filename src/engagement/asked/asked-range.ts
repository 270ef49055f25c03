import { z } from 'zod';
import { askedMoment, epochMs, timeSchema } from '../../query/times.ts';

/** A time zone by its IANA name, as the engine and this process both know it. */
const timeZone = z.string().min(1).max(64).refine(isKnownZone, 'must be an IANA name such as Europe/Lisbon');

/** The parameters of every question about a stretch of time. */
export const rangeQuery = {
  from: askedMoment.optional().meta({ description: 'Events of then or later, by their own times.' }),
  to: askedMoment.optional().meta({ description: 'Events before then; now, if it is left out.' }),
};

/** An answer whose end was named, or that is a page of a list that began before, is the same whenever it is asked. */
export const byRange = { fixedBy: ['to', 'cursor'] } as const;

export const tzQuery = {
  tz: timeZone.default('UTC').meta({ description: 'Days are those of this time zone, by its IANA name.' }),
};

export type AskedRange = { fromMs: number; toMs: number };

type Query = { from?: string | undefined; to?: string | undefined };

/** The range that a query names; without `from` so many days up to its end. Null where it is empty. */
export function askedRange({ from, to }: Query, { nowMs, days }: { nowMs: number; days: number }): AskedRange | null {
  const toMs = epochMs(to) ?? nowMs;
  const fromMs = epochMs(from) ?? Math.max(0, toMs - days * 86_400_000);
  return fromMs < toMs ? { fromMs, toMs } : null;
}

function isKnownZone(name: string): boolean {
  try {
    // Offsets such as +02:00 are no names, and say nothing of summer.
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format() !== '';
  } catch {
    return false;
  }
}

const count = z.number().int().nonnegative();

/** What every answer says of itself: for which time, up to which acceptance, and what it excludes. */
export const answerHead = {
  from: timeSchema,
  to: timeSchema,
  asOf: timeSchema
    .nullable()
    .meta({ description: 'Everything accepted by then is in; null while the log cannot say.' }),
  exact: z.literal(true).meta({ description: 'Counted, not estimated.' }),
  excluded: z
    .object({ events: count, accounts: count })
    .meta({ id: 'Excluded', description: 'Of internal and test accounts and of bots; they are in no other number.' }),
};

export type Excluded = { events: number; accounts: number };
