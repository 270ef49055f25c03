import type { Span } from './recount-content.ts';

const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

/** The steps that a range touches, found by looking at the clock of the zone every quarter of an hour. */
export function recountSteps({ fromMs, toMs }: Span, stepSeconds: number, tz: string): number[] {
  const stepMs = stepSeconds * 1000;
  if (stepMs % dayMs !== 0) {
    const first = Math.floor(fromMs / stepMs) * stepMs;
    return Array.from({ length: Math.ceil((toMs - first) / stepMs) }, (_, index) => first + index * stepMs);
  }
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: tz, dateStyle: 'short' });
  const stepOf = (ms: number) => Math.floor(Date.parse(clock.format(ms)) / stepMs);
  const begins = new Map<number, number>();
  const early = Math.floor((fromMs - stepMs - dayMs) / quarterMs) * quarterMs;
  for (let ms = early; ms < toMs; ms += quarterMs) {
    const step = stepOf(ms);
    if (!begins.has(step)) begins.set(step, ms);
  }
  const firstStep = stepOf(fromMs);
  return [...begins].filter(([step]) => step >= firstStep).map(([, ms]) => ms);
}
