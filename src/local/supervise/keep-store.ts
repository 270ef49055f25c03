import { setTimeout as pause } from 'node:timers/promises';
import { recordChild } from './child-records.ts';
import { claimPort, type PortClaims } from './claim-port.ts';
import { identifyProcess } from './process-identity.ts';
import { type StoreProcess, spawnStore } from './spawn-store.ts';
import type { Store } from './stores/store.ts';

type Deps = { home: string; dieWithUs: string[]; claims: PortClaims; say: (line: string) => void };

/** A store that is started again whenever it dies, until it is stopped. */
export type KeptStore = { port(): number; ready: Promise<void>; stop(): Promise<void> };

type State = { port: number; stopping: AbortController; failures: number; everHealthy: boolean };
type Readiness = { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void };

const lookAgainMs = 100;
const watchEveryMs = 5000;
const startTimeoutMs = 90_000;
// One that has run before will run again: on a busy machine it only takes longer, and killing it would begin all anew.
const restartTimeoutMs = 300_000;
// A store that is only slow, or frozen for a while, must not be killed for it.
const silentTooLongMs = 120_000;
const steadyMs = 5000;
const mostFirstFailures = 4;
const backoffMs = [200, 500, 1000, 2000];

export function keepStore(deps: Deps, store: Store): KeptStore {
  const state = { port: store.wantedPort, stopping: new AbortController(), failures: 0, everHealthy: false };
  const ready = makeReadiness();
  const ended = keepRunning(deps, store, { state, ready }).catch((error: unknown) => ready.reject(toError(error)));
  return {
    port: () => state.port,
    ready: ready.promise,
    async stop() {
      state.stopping.abort();
      ready.reject(new Error(`${store.name} was stopped`));
      await ended;
    },
  };
}

async function keepRunning(
  deps: Deps,
  store: Store,
  { state, ready }: { state: State; ready: Readiness },
): Promise<void> {
  while (!state.stopping.signal.aborted) {
    const reason = await runOnce(deps, store, { state, ready }).catch((error: unknown) => toError(error).message);
    if (state.stopping.signal.aborted) return;
    state.failures += 1;
    deps.say(`${store.name} ended (${reason}); starting it again`);
    if (!state.everHealthy && state.failures >= mostFirstFailures)
      throw new Error(`${store.name} does not start: ${reason}`);
    await rest(backoffMs[Math.min(state.failures, backoffMs.length) - 1] ?? 0, state);
  }
}

/** From the start of one process to its end, whoever ends it; the answer says how it ended. */
async function runOnce(
  deps: Deps,
  store: Store,
  { state, ready }: { state: State; ready: Readiness },
): Promise<string> {
  // Once others know the port it stays; before that another program may have been quicker to take it.
  if (!state.everHealthy) state.port = await claimPort(deps.claims, state.port);
  await store.prepare(state.port);
  if (state.stopping.signal.aborted) return 'stopped';
  const startedMs = Date.now();
  const child = spawnStore(deps, store.name, store.command(state.port));
  const identity = identifyProcess(child.pid);
  if (identity !== undefined) recordChild(deps.home, store.name, identity);
  const life = { store, child, state, alive: true };
  void child.ended.then(() => {
    life.alive = false;
  });
  if (await becomesHealthy(life)) {
    deps.say(`${store.name} answers on port ${state.port} after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
    state.everHealthy = true;
    ready.resolve();
    await watch(life);
  }
  return endChild(life);
}

type Life = { store: Store; child: StoreProcess; state: State; alive: boolean };

async function becomesHealthy(life: Life): Promise<boolean> {
  const deadlineMs = Date.now() + (life.state.everHealthy ? restartTimeoutMs : startTimeoutMs);
  while (goesOn(life) && Date.now() < deadlineMs) {
    if (await life.store.isHealthy(life.state.port)) return life.alive;
    await rest(lookAgainMs, life.state);
  }
  return false;
}

async function watch(life: Life): Promise<void> {
  const sinceMs = Date.now();
  let answeredMs = sinceMs;
  while (goesOn(life) && Date.now() - answeredMs < silentTooLongMs) {
    await Promise.race([life.child.ended, rest(watchEveryMs, life.state)]);
    if (goesOn(life) && (await life.store.isHealthy(life.state.port))) answeredMs = Date.now();
    if (Date.now() - sinceMs > steadyMs) life.state.failures = 0;
  }
}

function goesOn({ alive, state }: Life): boolean {
  return alive && !state.stopping.signal.aborted;
}

async function endChild({ child, alive, store }: Life): Promise<string> {
  if (!alive) return child.ended;
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  const limit = setTimeout(() => child.kill('SIGKILL'), store.stopTimeoutMs);
  const reason = await child.ended;
  clearTimeout(limit);
  return reason;
}

/** Cut short when the store is to stop. */
async function rest(forMs: number, { stopping }: State): Promise<void> {
  await pause(forMs, undefined, { signal: stopping.signal }).catch(() => undefined);
}

function makeReadiness(): Readiness {
  const { promise, resolve, reject } = withResolvers();
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

function withResolvers(): Readiness {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<void>((fulfil, refuse) => {
    [resolve, reject] = [fulfil, refuse];
  });
  return { promise, resolve, reject };
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
