import { setTimeout as pause } from 'node:timers/promises';

/** The work's own end, or `late` when it takes longer; late work goes on, and nobody waits for it any more. */
export async function inTime<T>(timeoutMs: number, work: Promise<T>): Promise<T | 'late'> {
  const waiting = new AbortController();
  const late = pause(timeoutMs, 'late' as const, { signal: waiting.signal }).catch(() => 'late' as const);
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
