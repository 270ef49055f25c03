import type { OutcomeDeps } from './outcomes.ts';
import { hasPassed, type ReceiptState, readState } from './read-receipt.ts';
import type { Receipt } from './receipt.ts';

type Deps = OutcomeDeps & { sleep: (durationMs: number) => Promise<void>; now: () => number };

const firstPauseMs = 10;
const longestPauseMs = 50;

/** Polls until both stores hold the request or the time is up; the stores themselves are asked only when it may be so. */
export async function waitForReceipt(deps: Deps, receipt: Receipt, timeoutMs: number): Promise<ReceiptState> {
  const deadline = deps.now() + timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const state = await lookOnce(deps, receipt);
    if (state !== null) return state;
    const leftMs = deadline - deps.now();
    if (leftMs <= 0) return { state: 'queued', graph: 0, facts: 0 };
    await deps.sleep(Math.min(pauseMs, leftMs));
  }
}

/**
 * Null while the request is on its way. A store that does not answer here is asked again: as a fault it would become a
 * 503, which says that nothing was kept, and what this request waits for was accepted.
 */
async function lookOnce(deps: Deps, receipt: Receipt): Promise<ReceiptState | null> {
  try {
    if (!hasPassed(await deps.progress(), receipt)) return null;
    const state = await readState(deps, receipt);
    return state.state === 'queued' ? null : state;
  } catch {
    return null;
  }
}
