import { z } from 'zod';

/** A time in a query, in any spelling of RFC 3339 with an offset. */
export const askedTime = z.iso.datetime({ offset: true });

/** A moment that steps and answers are counted from: what lies before 1970 cannot be written as they are. */
export const askedMoment = askedTime.refine((time) => Date.parse(time) >= 0, 'must not be before 1970');

export const atQuery = {
  at: askedMoment
    .optional()
    .meta({ description: 'As of this time: what a recount of the events up to then would find.' }),
};

export function epochMs(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}
