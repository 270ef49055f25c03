export type StepWidth = { stepSeconds: number; tz: string };

/** Steps numbered from 1970 on; `stepDays` is 0 where they are no whole days. */
export type NumberedSteps = { stepMs: number; stepDays: number; firstStep: number; stepCount: number };

/** The most that one answer shows. */
export const maxSteps = 1000;

type Range = { fromMs: number; toMs: number };

const dayMs = 86_400_000;
const usualSteps = [60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000, 31_536_000];

/** The steps that a range touches: whole multiples since 1970, and those of whole days by the days of the zone. */
export function numberSteps(range: Range, { stepSeconds, tz }: StepWidth): NumberedSteps {
  const stepMs = stepSeconds * 1000;
  const stepDays = stepMs % dayMs === 0 ? stepMs / dayMs : 0;
  const { fromMs, toMs } = stepDays === 0 ? range : localRange(range, tz);
  const firstStep = Math.floor(fromMs / stepMs);
  return { stepMs, stepDays, firstStep, stepCount: Math.floor((toMs - 1) / stepMs) - firstStep + 1 };
}

/** The starts of all steps that a range touches. Days of a time zone have 23 or 25 hours where the clock changes. */
export function cutSteps(range: Range, width: StepWidth): number[] {
  const { stepMs, stepDays, firstStep, stepCount } = numberSteps(range, width);
  const startsMs = Array.from({ length: stepCount }, (_, index) => (firstStep + index) * stepMs);
  return stepDays === 0 ? startsMs : startsOfDays(startsMs, width.tz);
}

/** The least usual step with which a range has no more than so many. */
export function usualStep(range: Range, tz: string, most: number): number {
  const fits = (stepSeconds: number) => numberSteps(range, { stepSeconds, tz }).stepCount <= most;
  return usualSteps.find(fits) ?? leastStepSeconds(range, tz, most);
}

/** The least step with which a range has no more than so many. */
export function leastStepSeconds(range: Range, tz: string, most: number): number {
  let stepSeconds = Math.max(1, Math.ceil((range.toMs - range.fromMs) / 1000 / most));
  while (numberSteps(range, { stepSeconds, tz }).stepCount > most) stepSeconds += 1;
  return stepSeconds;
}

/** A day of a time zone: its date, its first moment and the first moment after it. */
export type Day = { day: string; startMs: number; endMs: number };

/** Every day of a time zone that has a moment of a range. */
export function daysAround(range: Range, tz: string): Day[] {
  const startsMs = cutSteps(range, { stepSeconds: dayMs / 1000, tz });
  return startsMs.map((startMs) => {
    const date = localTime(startMs, tz);
    const [endMs = startMs] = startsOfDays(
      [1, 2].map((days) => Math.floor(date / dayMs + days) * dayMs),
      tz,
    ).filter((next) => next > startMs);
    return { day: new Date(date).toISOString().slice(0, 10), startMs, endMs };
  });
}

/** What the clock of a time zone shows at the ends of a range, read as if it were UTC. */
function localRange({ fromMs, toMs }: Range, tz: string): Range {
  return { fromMs: localTime(fromMs, tz), toMs: localTime(toMs - 1, tz) + 1 };
}

/** A day that a calendar left out begins with the next one, and is none. */
function startsOfDays(daysUtcMs: readonly number[], tz: string): number[] {
  return [...new Set(daysUtcMs.map((day) => startOfDay(day, tz)))];
}

/** The first moment of a day in a time zone; the day is named by the moment at which it begins in UTC. */
export function startOfDay(dayUtcMs: number, tz: string): number {
  const guess = dayUtcMs - offset(dayUtcMs, tz);
  const better = dayUtcMs - offset(guess, tz);
  // Where midnight is skipped both guesses miss it, and the day begins with the later one.
  return localTime(better, tz) >= dayUtcMs ? better : Math.max(guess, better);
}

function offset(ms: number, tz: string): number {
  return localTime(ms, tz) - ms;
}

const clock = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a time zone shows at a moment, read as if it were UTC. */
export function localTime(ms: number, tz: string): number {
  let format = formats.get(tz);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { ...clock, timeZone: tz });
    formats.set(tz, format);
  }
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const seconds = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return seconds + (((ms % 1000) + 1000) % 1000);
}
