import { LogUnavailable } from '../../log/redis/log-unavailable.ts';
import { type Counts, readField } from './counters.ts';
import { dayMs, gatherQuality, type SeenItems } from './gather-quality.ts';

type Deps = {
  log: { addQuality(day: { startMs: number; dropAtMs: number }, counts: Counts): Promise<void> };
  countRejected: (item: { eventName: string; code: string }, count: number) => void;
  countQuality: (item: { eventName: string; counter: string }, count: number) => void;
  onFault: (fault: unknown) => void;
};

export type QualityLimits = { flushMs: number; keptDays: number };

export type KeptQuality = {
  saw(items: SeenItems): void;
  /** Writes down what was gathered; what Redis did not take is tried again with the next. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/** Gathers what the door sees, and writes it down once a moment: what was gathered since is lost with the process. */
export function keepQuality(deps: Deps, { flushMs, keptDays }: QualityLimits): KeptQuality {
  const gathered = gatherQuality();
  const waiting = new Map<number, Map<string, number>>();
  let last = Promise.resolve();

  async function writeAll(): Promise<void> {
    for (const [startMs, counts] of gathered.take()) {
      tell(deps, counts);
      waiting.set(startMs, addCounts(waiting.get(startMs) ?? new Map(), counts));
    }
    for (const [startMs, counts] of waiting) {
      waiting.delete(startMs);
      try {
        await deps.log.addQuality({ startMs, dropAtMs: startMs + keptDays * dayMs }, counts);
      } catch (fault) {
        deps.onFault(fault);
        // What may have been counted is not counted again: better too little by a second than twice.
        if (fault instanceof LogUnavailable && !fault.sent) {
          waiting.set(startMs, counts);
          return;
        }
      }
    }
  }

  // One after the other, so that what waits is never written by two at once.
  const flush = (): Promise<void> => {
    last = last.then(writeAll);
    return last;
  };
  const timer = setInterval(() => void flush(), flushMs).unref();
  return {
    saw: gathered.saw,
    flush,
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

function addCounts(sum: Map<string, number>, counts: Counts): Map<string, number> {
  for (const [field, count] of counts) sum.set(field, (sum.get(field) ?? 0) + count);
  return sum;
}

function tell({ countRejected, countQuality }: Deps, counts: Counts): void {
  for (const [text, count] of counts) {
    const field = readField(text);
    if (field === undefined) continue;
    if ('code' in field) countRejected(field, count);
    else if (/^(corrected|late)/.test(field.counter)) countQuality(field, count);
  }
}
