import { setTimeout as delay } from 'node:timers/promises';
import type { Holds } from '../log/projector/hold.ts';
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
  /** Left out where nobody ever asks these projectors to stand still. */
  holds?: Pick<Holds, 'asked' | 'confirm'>;
  owner: string;
  onFault: (name: string, fault: unknown) => void;
};

export type RunningProjector = { stop(): Promise<void> };

const firstRetryMs = 100;
// Whoever waits for a lease takes over soon after it ends, however long leases are.
const longestLookMs = 1000;
const heldLookMs = 20;

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
  const retry = { pauseMs: firstRetryMs };
  while (!stopping.aborted) {
    try {
      const lease = await deps.projectors.claim(plan.name, deps.owner, plan.leaseMs);
      if (lease === null) {
        retry.pauseMs = firstRetryMs;
        await pause(Math.min(plan.leaseMs / 4, longestLookMs), stopping);
      } else await useLease(deps, plan, lease, { stopping, retry });
    } catch (fault) {
      deps.onFault(plan.name, fault);
      await pause(retry.pauseMs, stopping);
      retry.pauseMs = Math.min(retry.pauseMs * 2, plan.retryMaxMs);
    }
  }
}

type Course = { stopping: AbortSignal; retry: { pauseMs: number } };

async function useLease(deps: Deps, plan: ProjectorPlan, lease: Lease, { stopping, retry }: Course): Promise<void> {
  const lost = new AbortController();
  const renewal = setInterval(() => {
    deps.projectors.renew(lease, plan.leaseMs).then(
      (answer) => answer === 'fenced' && lost.abort(),
      (fault: unknown) => deps.onFault(plan.name, fault),
    );
  }, plan.leaseMs / 3);
  try {
    const turn = await plan.begin(lease);
    const isHeld = holdCheck(deps, plan.name);
    while (!stopping.aborted && !lost.signal.aborted) {
      if (await isHeld()) await pause(heldLookMs, stopping);
      else if ((await turn.step()) === 'idle') await pause(plan.idleMs, stopping);
      // Work goes on, so the next fault is a new one and not the last one's next.
      retry.pauseMs = firstRetryMs;
    }
  } finally {
    clearInterval(renewal);
    if (stopping.aborted) await deps.projectors.release(lease).catch(() => undefined);
  }
}

/**
 * Whether somebody asks this projector to stand still. It says so itself once, and not before a range that was left open
 * by a crash is whole: the next step repeats that one.
 */
function holdCheck({ holds, projectors }: Deps, name: string): () => Promise<boolean> {
  let answered: string | null = null;
  return async () => {
    const token = holds === undefined ? null : await holds.asked(name);
    if (token === null || holds === undefined) return false;
    if (token === answered) return true;
    const { prepared, position } = await projectors.readState(name);
    if (prepared !== null) return false;
    await holds.confirm(name, token, position);
    answered = token;
    return true;
  };
}

async function pause(durationMs: number, stopping: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal: stopping }).catch(() => undefined);
}
