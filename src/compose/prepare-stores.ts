import type { Config } from '../config.ts';
import { faultToProblem } from './fault-to-problem.ts';
import { migrateStores } from './migrate-stores.ts';
import type { Stores } from './open-stores.ts';
import { waitForStores } from './wait-for-stores.ts';

type Options = { owner: string; timeoutMs: number };

/** Stores that answer, with schemas up to date. One that goes away meanwhile is waited for as one that never was there. */
export async function prepareStores(config: Config, stores: Stores, { owner, timeoutMs }: Options): Promise<string[]> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    await waitForStores(stores, deadlineMs - Date.now());
    try {
      return await migrateStores(config, stores, owner);
    } catch (fault) {
      if (faultToProblem(fault) === undefined || Date.now() > deadlineMs) throw fault;
    }
  }
}
