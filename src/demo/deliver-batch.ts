import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { BatchReply, PostBatch } from './post-batch.ts';

const Counts = z.object({
  accepted: z.number(),
  duplicate: z.number(),
  conflict: z.number(),
  rejected: z.number(),
  receipt: z.string().optional(),
  results: z.array(z.unknown()).optional(),
});

type BatchCounts = z.infer<typeof Counts>;
export type Delivered = { readonly counts: BatchCounts; readonly retries: number };

export type Patience = {
  /** How often one batch is tried before the load gives up. */
  readonly mostTries: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly signal?: AbortSignal | undefined;
};

export const usualPatience: Patience = { mostTries: 12, firstPauseMs: 200, longestPauseMs: 10_000 };

const answered = new Set([200, 202, 207, 422]);

function mayPass(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** `Retry-After` is either seconds or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : null;
}

function readCounts({ status, text }: BatchReply): BatchCounts {
  const parsed = Counts.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`POST /v1/events answered ${status} without counts: ${text.slice(0, 500)}`);
  return parsed.data;
}

async function tryOnce(post: PostBatch, body: string): Promise<BatchReply | Error> {
  try {
    return await post(body);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function describeReply(reply: BatchReply | Error): string {
  return reply instanceof Error ? reply.message : `${reply.status} ${reply.text.slice(0, 500)}`;
}

/**
 * Posts one batch until the service has taken it. The same ids go out every time, so a try whose answer was lost costs
 * nothing: what it had stored comes back as duplicate.
 */
export async function deliverBatch(
  post: PostBatch,
  body: string,
  patience: Patience = usualPatience,
): Promise<Delivered> {
  let pauseMs = patience.firstPauseMs;
  for (let tries = 1; ; tries += 1) {
    patience.signal?.throwIfAborted();
    const reply = await tryOnce(post, body);
    if (!(reply instanceof Error) && answered.has(reply.status))
      return { counts: readCounts(reply), retries: tries - 1 };
    const isHopeless = !(reply instanceof Error) && !mayPass(reply.status);
    if (isHopeless || tries >= patience.mostTries) {
      throw new Error(`The batch was not taken after ${tries} tries: ${describeReply(reply)}`);
    }
    const asked = reply instanceof Error ? null : readRetryAfter(reply.retryAfter, Date.now());
    await sleep(Math.min(patience.longestPauseMs, asked ?? pauseMs), undefined, { signal: patience.signal });
    pauseMs *= 2;
  }
}
