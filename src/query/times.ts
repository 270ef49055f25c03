import { z } from 'zod';

/** A time as every answer writes it. */
export const timeSchema = z.iso.datetime();

export function timeOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export function timeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : timeOf(epochMs);
}

/** A time in a query, in any spelling of RFC 3339 with an offset. */
export const askedTime = z.iso.datetime({ offset: true });

/** A moment that steps and answers are counted from: what lies before 1970 cannot be written as they are. */
export const askedMoment = askedTime.refine((time) => Date.parse(time) >= 0, 'must not be before 1970');

export function epochMs(time: string): number;
export function epochMs(time: string | undefined): number | null;
export function epochMs(time: string | undefined): number | null {
  return time === undefined ? null : Date.parse(time);
}
