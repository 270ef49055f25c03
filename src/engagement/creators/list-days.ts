import { type Day, daysAround } from '../asked/steps.ts';

type Asked = { fromMs: number; toMs: number; tz: string; atMost: number };

const dayMs = 86_400_000;

/** Every day of the time zone that has a moment of the range; null where there are more than are wanted. */
export function listDays({ fromMs, toMs, tz, atMost }: Asked): Day[] | null {
  if (toMs - fromMs > (atMost + 1) * dayMs) return null;
  const days = daysAround({ fromMs, toMs }, tz);
  return days.length > atMost ? null : days;
}

/** So many days before the day that begins there, the earliest first. */
export function listDaysBefore(startMs: number, { tz, count }: { tz: string; count: number }): Day[] {
  // One more than there could be, as a day may have been left out of the calendar or have 25 hours.
  return daysAround({ fromMs: startMs - (count + 2) * dayMs, toMs: startMs }, tz).slice(-count);
}
