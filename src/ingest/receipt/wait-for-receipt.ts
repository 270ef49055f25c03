import type { OutcomeDeps } from './outcomes.ts';
import { hasPassed, type ReceiptState, readState } from './read-receipt.ts';
import type { Receipt } from './receipt.ts';

type Deps = OutcomeDeps & { sleep: (durationMs: number) => Promise<void>; now: () => number };

const firstPauseMs = 10;
const longestPauseMs = 50;

/** Polls until both stores hold the request or the time is up; the stores themselves are asked only when it may be so. */
export async function waitForReceipt(deps: Deps, receipt: Receipt, timeoutMs: number): Promise<ReceiptState> {
  if (receipt.count === 0) return { state: 'projected', graph: 0, facts: 0 };
  const deadline = deps.now() + timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    if (hasPassed(await deps.progress(), receipt)) {
      const state = await readState(deps, receipt);
      if (state.state !== 'queued') return state;
    }
    const leftMs = deadline - deps.now();
    if (leftMs <= 0) return { state: 'queued', graph: 0, facts: 0 };
    await deps.sleep(Math.min(pauseMs, leftMs));
  }
}
