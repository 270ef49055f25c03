import type { ShedReason } from './judge-intake.ts';

/** Why a request is refused before its body is read. */
export type Refusal = { code: ShedReason | 'log_unavailable'; detail: string; retryAfterSeconds: number };

const details: Record<ShedReason, string> = {
  log_full: 'The log is full; nothing of this request was kept. It empties as the stores take what it holds.',
  stores_behind: 'The stores are too far behind what was accepted; nothing of this request was kept.',
  disk_full: 'The disk is nearly full; nothing of this request was kept.',
};

/** A reason in the words that a client gets. */
export function explainRefusal(code: ShedReason, retryAfterSeconds: number): Refusal {
  return { code, detail: details[code], retryAfterSeconds };
}

export const logUnavailable: Refusal = {
  code: 'log_unavailable',
  detail: 'The log takes no events right now; nothing of this request was kept.',
  retryAfterSeconds: 1,
};
