import { setTimeout as delay } from 'node:timers/promises';
import {
  type IntakeLimits,
  type IntakeSample,
  judgeIntake,
  measurePressure,
  type Pressure,
  type ShedReason,
  worstOf,
} from './judge-intake.ts';

export type Intake = {
  /** Why a request that comes now is refused, or null; asks nobody, so it may be asked for every request. */
  refusal(): ShedReason | null;
  stop(): Promise<void>;
};

type Deps = {
  sample: () => Promise<IntakeSample>;
  /** Told after each look. */
  onLook: (reason: ShedReason | null, pressure: Pressure) => void;
  /** Told when intake closes, opens or closes for another reason. */
  onTurn: (reason: ShedReason | null, sample: IntakeSample) => void;
  /** Told once when a look fails, and again only after one that did not. */
  onFault: (fault: unknown) => void;
};

/**
 * Looks at the limits again and again. While it cannot look, what it saw last holds: a Redis that does not answer takes
 * nothing in anyway, and a request then hears that from the log itself. The first look is over before this returns.
 */
export async function watchIntake(deps: Deps, limits: IntakeLimits & { sampleEveryMs: number }): Promise<Intake> {
  const stopping = new AbortController();
  let held: ReadonlySet<ShedReason> = new Set();
  let isBlind = false;

  async function look(): Promise<void> {
    try {
      const sample = await deps.sample();
      const pressure = measurePressure(sample, limits);
      const before = worstOf(held);
      held = judgeIntake(pressure, held, limits);
      const reason = worstOf(held);
      deps.onLook(reason, pressure);
      if (reason !== before) deps.onTurn(reason, sample);
      isBlind = false;
    } catch (fault) {
      if (!isBlind) deps.onFault(fault);
      isBlind = true;
    }
  }

  async function keepLooking(): Promise<void> {
    while (!stopping.signal.aborted) {
      await delay(limits.sampleEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await look();
    }
  }

  await look();
  const ended = keepLooking();
  return {
    refusal: () => worstOf(held),
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
