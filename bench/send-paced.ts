import { setTimeout as sleep } from 'node:timers/promises';

export type PacedRun = { latenciesMs: number[]; failed: number };

/**
 * Sends at the clock's pace, whether or not what was sent before has been answered, and counts each latency from the
 * moment its request was due: a pause is then felt by every request that would have come in it.
 */
export async function sendPaced(
  send: (body: Buffer) => Promise<boolean>,
  bodies: readonly Buffer[],
  everyMs: number,
): Promise<PacedRun> {
  const run: PacedRun = { latenciesMs: [], failed: 0 };
  const startedAt = performance.now();
  const sendAt = async (body: Buffer, dueMs: number): Promise<void> => {
    const isTaken = await send(body).catch(() => false);
    if (!isTaken) run.failed += 1;
    run.latenciesMs.push(performance.now() - startedAt - dueMs);
  };
  const sent: Array<Promise<void>> = [];
  for (const [place, body] of bodies.entries()) {
    const dueMs = place * everyMs;
    await sleep(Math.max(0, dueMs - (performance.now() - startedAt)));
    sent.push(sendAt(body, dueMs));
  }
  await Promise.all(sent);
  return run;
}

export function joinRuns(runs: readonly PacedRun[]): PacedRun {
  return {
    latenciesMs: runs.flatMap(({ latenciesMs }) => latenciesMs),
    failed: runs.reduce((sum, { failed }) => sum + failed, 0),
  };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
}
