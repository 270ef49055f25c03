import type { Logger } from '../observe/create-logger.ts';

export type StoreCheck = () => Promise<unknown>;
export type StoreState = { ok: boolean; durationMs: number; reason?: string };
type Deps = { logger: Logger; timeoutMs: number };

/** Asks every store at once; what a driver says goes to the log, not to whoever asks. */
export async function checkStores(
  deps: Deps,
  checks: Readonly<Record<string, StoreCheck>>,
): Promise<Record<string, StoreState>> {
  const states = Object.entries(checks).map(
    async ([name, check]) => [name, await checkStore(deps, name, check)] as const,
  );
  return Object.fromEntries(await Promise.all(states));
}

async function checkStore({ logger, timeoutMs }: Deps, store: string, check: StoreCheck): Promise<StoreState> {
  const startedMs = performance.now();
  const passed = () => Math.round(performance.now() - startedMs);
  try {
    const inTime = await withinTime(check, timeoutMs);
    if (inTime) return { ok: true, durationMs: passed() };
    return { ok: false, durationMs: passed(), reason: `no answer within ${timeoutMs} ms` };
  } catch (err) {
    logger.warn({ store, err }, 'a store does not answer');
    return { ok: false, durationMs: passed(), reason: 'failed' };
  }
}

function withinTime(check: StoreCheck, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      act();
    };
    // An async wrapper, because a check may also throw before it has a promise.
    (async () => check())().then(
      () => settle(() => resolve(true)),
      (fault: unknown) => settle(() => reject(fault)),
    );
  });
}
