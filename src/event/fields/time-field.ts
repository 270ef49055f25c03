import { z } from 'zod';
import { withLeaf } from './leaf.ts';
import { earliestMs, latestMs, readTimestamp } from './parse-timestamp.ts';
import type { Refusal } from './text-rule.ts';

const description = 'RFC 3339 with an offset, or whole epoch milliseconds; from 2000-01-01';

/** A point in time in either spelling. The ten minutes ahead of the server are checked where the clock is known. */
export const time = withLeaf(z.union([stringTime(), numberTime()]).meta({ description }), (value) =>
  Number.isNaN(readTime(value)) ? -1 : 0,
);

/** Epoch milliseconds of a time in range, NaN for everything else. */
export function readTime(value: unknown): number {
  if (typeof value !== 'string' && typeof value !== 'number') return Number.NaN;
  const at = readTimestamp(value);
  return at >= earliestMs && at <= latestMs ? at : Number.NaN;
}

function refuseTime(value: string | number): Refusal | undefined {
  const at = readTimestamp(value);
  if (at >= earliestMs && at <= latestMs) return undefined;
  return Number.isNaN(at)
    ? { code: 'invalid_timestamp', detail: 'must be RFC 3339 with an offset, or whole epoch milliseconds' }
    : { code: 'timestamp_out_of_range', detail: 'must be a time from 2000-01-01 on, at most 10 minutes ahead' };
}

function stringTime() {
  return z
    .string()
    .superRefine((text, context) => report(refuseTime(text), context))
    .meta({ format: 'date-time' });
}

function numberTime() {
  return z
    .number()
    .superRefine((value, context) => report(refuseTime(value), context))
    .meta({ type: 'integer', minimum: earliestMs, maximum: latestMs });
}

function report(refusal: Refusal | undefined, context: z.RefinementCtx): void {
  if (refusal) context.addIssue({ code: 'custom', message: refusal.detail, params: { code: refusal.code } });
}
