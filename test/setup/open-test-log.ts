import { randomUUID } from 'node:crypto';
import { canonicalEvent } from '../../src/event/canonical-event.ts';
import { checkEvent } from '../../src/event/check-event.ts';
import { acceptEvents } from '../../src/ingest/accept/accept-events.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { testEnvironment } from './open-test-stores.ts';

/** A log of this test's own on the test Redis. */
export async function openTestLog(idMemoryBytes = 64_000_000): Promise<Log> {
  return openLog({
    url: testEnvironment('REDIS_URL'),
    prefix: `{test-${randomUUID()}}`,
    idMemoryBytes,
    answerTimeoutMs: 5000,
  });
}

/** Sends events through the real door, and says how many were accepted. */
export async function acceptInto(log: Log, events: readonly object[]): Promise<number> {
  const accepted = await acceptEvents(
    {
      log,
      now: Date.now,
      count: () => undefined,
      sawItems: () => undefined,
      time: () => undefined,
      limits: { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 },
    },
    { body: Buffer.from(JSON.stringify({ events })), framing: 'json', wantsAll: false },
  );
  if (!accepted.ok) throw new Error(accepted.problem.detail);
  return accepted.body.accepted;
}

/** An event as the projectors see it. */
export function canonical(value: unknown): ReturnType<typeof canonicalEvent> {
  const verdict = checkEvent(value, { nowMs: Date.now() });
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems));
  return canonicalEvent(verdict.event, verdict.timestampMs);
}
