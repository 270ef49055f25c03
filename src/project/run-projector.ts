import { setTimeout as delay } from 'node:timers/promises';
import type { Lease, PreparedRanges } from '../log/projector/prepared-range.ts';

/** What a projector does while it holds its lease: one bounded step after the other. */
export type Turn = { step(): Promise<'busy' | 'idle'> };

/** Told after each batch: how many items were stored, and how long that took. */
export type OnBatch = (items: number, durationMs: number) => void;

export type ProjectorPlan = {
  name: string;
  /** Reads where the store stands; called anew after every fault, because what was in flight may have been written. */
  begin(lease: Lease): Promise<Turn>;
  idleMs: number;
  leaseMs: number;
  retryMaxMs: number;
};

type Deps = {
  projectors: PreparedRanges;
  owner: string;
  onFault: (name: string, fault: unknown) => void;
};

export type RunningProjector = { stop(): Promise<void> };

const firstRetryMs = 100;

/** Runs one projector: waits for its lease, renews it, goes on after faults with growing pauses, until it is stopped. */
export function runProjector(deps: Deps, plan: ProjectorPlan): RunningProjector {
  const stopping = new AbortController();
  const ended = keepRunning(deps, plan, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function keepRunning(deps: Deps, plan: ProjectorPlan, stopping: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs;
  while (!stopping.aborted) {
    try {
      const lease = await deps.projectors.claim(plan.name, deps.owner, plan.leaseMs);
      if (lease === null) await pause(plan.leaseMs / 4, stopping);
      else await useLease(deps, plan, lease, stopping);
      retryMs = firstRetryMs;
    } catch (fault) {
      deps.onFault(plan.name, fault);
      await pause(retryMs, stopping);
      retryMs = Math.min(retryMs * 2, plan.retryMaxMs);
    }
  }
}

async function useLease(deps: Deps, plan: ProjectorPlan, lease: Lease, stopping: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const renewal = setInterval(() => {
    deps.projectors.renew(lease, plan.leaseMs).then(
      (answer) => answer === 'fenced' && lost.abort(),
      (fault: unknown) => deps.onFault(plan.name, fault),
    );
  }, plan.leaseMs / 3);
  try {
    const turn = await plan.begin(lease);
    while (!stopping.aborted && !lost.signal.aborted) {
      if ((await turn.step()) === 'idle') await pause(plan.idleMs, stopping);
    }
  } finally {
    clearInterval(renewal);
    if (stopping.aborted) await deps.projectors.release(lease).catch(() => undefined);
  }
}

async function pause(durationMs: number, stopping: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal: stopping }).catch(() => undefined);
}
