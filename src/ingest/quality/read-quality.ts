import { type Counter, type Counts, readField } from './counters.ts';
import { dayMs } from './gather-quality.ts';

type Deps = { log: { readQuality(startMs: number): Promise<Counts> } };

export type Refused = { code: string; pointer: string; count: number };
export type Numbers = Record<Counter, number>;

/** What came of one event name on one day. */
export type QualityDay = { startMs: number; eventName: string; numbers: Numbers; byCode: Refused[] };

export type DayRange = { fromMs: number; toMs: number };

/** Every event name of every day from the first to the last, in their order; those that nobody sent are left out. */
export async function readQuality({ log }: Deps, { fromMs, toMs }: DayRange): Promise<QualityDay[]> {
  const startsMs = Array.from({ length: (toMs - fromMs) / dayMs + 1 }, (_, day) => fromMs + day * dayMs);
  const days = await Promise.all(startsMs.map(async (startMs) => toDays(startMs, await log.readQuality(startMs))));
  return days.flat();
}

function toDays(startMs: number, counts: Counts): QualityDay[] {
  const days = new Map<string, QualityDay>();
  for (const [text, count] of counts) {
    const field = readField(text);
    if (field === undefined) continue;
    const { eventName } = field;
    const day = days.get(eventName) ?? { startMs, eventName, numbers: sumNumbers([]), byCode: [] };
    days.set(eventName, day);
    if ('code' in field) day.byCode.push({ code: field.code, pointer: field.pointer, count });
    else day.numbers[field.counter] = count;
  }
  for (const day of days.values()) day.byCode.sort(mostFirst);
  return [...days.values()].sort((one, other) => (one.eventName < other.eventName ? -1 : 1));
}

function mostFirst(one: Refused, other: Refused): number {
  const word = ({ code, pointer }: Refused) => `${code} ${pointer}`;
  return other.count - one.count || (word(one) < word(other) ? -1 : 1);
}

export function sumNumbers(all: readonly Numbers[]): Numbers {
  const sum = (counter: Counter) => all.reduce((total, numbers) => total + numbers[counter], 0);
  return {
    accepted: sum('accepted'),
    duplicate: sum('duplicate'),
    conflict: sum('conflict'),
    rejected: sum('rejected'),
    unknownNames: sum('unknownNames'),
    correctedWithin5Minutes: sum('correctedWithin5Minutes'),
    correctedWithin1Hour: sum('correctedWithin1Hour'),
    correctedWithin1Day: sum('correctedWithin1Day'),
    correctedBeyond1Day: sum('correctedBeyond1Day'),
    lateOver1Hour: sum('lateOver1Hour'),
    lateOver1Day: sum('lateOver1Day'),
    lateBeforeWindow: sum('lateBeforeWindow'),
  };
}
