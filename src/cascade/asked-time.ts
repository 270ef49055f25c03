import { z } from 'zod';

/** A time in a query, in any spelling of RFC 3339 with an offset. */
export const askedTime = z.iso.datetime({ offset: true });

export const atQuery = {
  at: askedTime
    .optional()
    .meta({ description: 'As of this time: what a recount of the events up to then would find.' }),
};

export function epochMs(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}
