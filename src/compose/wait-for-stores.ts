import { setTimeout as delay } from 'node:timers/promises';
import { type Stores, storeChecks } from './open-stores.ts';

const lookAgainMs = 200;
// What a store that went away has left unanswered is asked anew.
const answerMs = 5000;

/** Waits until all three stores answer, so that a service started beside them need not be started twice. */
export async function waitForStores(stores: Stores, timeoutMs: number): Promise<void> {
  const deadlineMs = Date.now() + timeoutMs;
  for (const [name, check] of Object.entries(storeChecks(stores))) await waitFor(name, check, deadlineMs);
}

async function waitFor(name: string, check: () => Promise<unknown>, deadlineMs: number): Promise<void> {
  for (;;) {
    try {
      await Promise.race([check(), noAnswer(name)]);
      return;
    } catch (cause) {
      if (Date.now() > deadlineMs) throw new Error(`${name} does not answer`, { cause });
      await delay(lookAgainMs);
    }
  }
}

async function noAnswer(name: string): Promise<never> {
  await delay(answerMs, undefined, { ref: false });
  throw new Error(`${name} left a question unanswered for ${answerMs} ms`);
}
