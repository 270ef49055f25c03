import { openStores, type Stores } from '../compose/open-stores.ts';
import { waitForStores } from '../compose/wait-for-stores.ts';
import { type Config, readConfig } from '../config.ts';
import { openEnvironment } from './open-environment.ts';
import { say } from './run-service.ts';

type Options = { timeoutMs?: number; onError?: (error: Error) => void };

const usualTimeoutMs = 30_000;

/** The settings for as long as the work takes: the local stack stays up meanwhile, and is let go however the work ends. */
export async function withConfig<T>(work: (config: Config) => Promise<T>): Promise<T> {
  const environment = await openEnvironment(say);
  try {
    return await work(readConfig(environment.variables));
  } finally {
    await environment.close();
  }
}

/** Connections to the three stores, once all of them answer, for as long as the work takes. */
export async function withStores<T>(
  config: Config,
  work: (stores: Stores) => Promise<T>,
  { timeoutMs = usualTimeoutMs, onError = (error) => say(error.message) }: Options = {},
): Promise<T> {
  const stores = await openStores(config, onError);
  try {
    await waitForStores(stores, timeoutMs);
    return await work(stores);
  } finally {
    await stores.close();
  }
}
