import { setTimeout as delay } from 'node:timers/promises';
import type { Stores } from './open-stores.ts';

const lookAgainMs = 200;

/** Waits until all three stores answer, so that a service started beside them need not be started twice. */
export async function waitForStores({ graph, facts, log }: Stores, timeoutMs: number): Promise<void> {
  const checks: Array<[string, () => Promise<unknown>]> = [
    ['neo4j', () => graph.ping()],
    ['clickhouse', () => facts.ping()],
    ['redis', () => log.ping()],
  ];
  const deadlineMs = Date.now() + timeoutMs;
  for (const [name, check] of checks) await waitFor(name, check, deadlineMs);
}

async function waitFor(name: string, check: () => Promise<unknown>, deadlineMs: number): Promise<void> {
  for (;;) {
    try {
      await check();
      return;
    } catch (cause) {
      if (Date.now() > deadlineMs) throw new Error(`${name} does not answer`, { cause });
      await delay(lookAgainMs);
    }
  }
}
