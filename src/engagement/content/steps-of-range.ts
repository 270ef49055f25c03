import type { AskedRange } from '../asked/asked-range.ts';

export type StepWidth = { stepSeconds: number; tz: string };

/** Equal steps, numbered from 1970 on; `stepDays` is 0 where they are no whole days. */
export type Steps = { stepMs: number; stepDays: number; firstStep: number; stepCount: number };

const daySeconds = 86_400;

/** The steps that a range touches: whole multiples since 1970, and those of whole days by the days of the zone. */
export function stepsOfRange({ fromMs, toMs }: AskedRange, { stepSeconds, tz }: StepWidth): Steps {
  const stepMs = stepSeconds * 1000;
  const stepDays = stepSeconds % daySeconds === 0 ? stepSeconds / daySeconds : 0;
  const stepAt = (ms: number) => (stepDays === 0 ? Math.floor(ms / stepMs) : Math.floor(localDay(ms, tz) / stepDays));
  const firstStep = stepAt(fromMs);
  return { stepMs, stepDays, firstStep, stepCount: stepAt(toMs - 1) - firstStep + 1 };
}

/** The least width with which a range takes no more than so many steps. */
export function leastStepSeconds(range: AskedRange, tz: string, maxSteps: number): number {
  let stepSeconds = Math.max(1, Math.ceil((range.toMs - range.fromMs) / 1000 / maxSteps));
  while (stepsOfRange(range, { stepSeconds, tz }).stepCount > maxSteps) stepSeconds += 1;
  return stepSeconds;
}

function localDay(ms: number, tz: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: tz,
    calendar: 'iso8601',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(ms);
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(numberOf('year'), numberOf('month') - 1, numberOf('day')) / (daySeconds * 1000);
}
