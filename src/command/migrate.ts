import { randomUUID } from 'node:crypto';
import { migrateStores, openStores, planStores } from '../compose/open-stores.ts';
import { waitForStores } from '../compose/wait-for-stores.ts';
import { readConfig } from '../config.ts';
import { openEnvironment } from './open-environment.ts';
import { say } from './run-service.ts';

type Options = { plan?: boolean; json?: boolean };

const storesTimeoutMs = 30_000;

export async function runMigrate({ plan = false, json = false }: Options): Promise<void> {
  const environment = await openEnvironment(say);
  const config = readConfig(environment.variables);
  const stores = await openStores(config, (error) => say(error.message));
  try {
    await waitForStores(stores, storesTimeoutMs);
    const lines = plan ? await planStores(config, stores) : await migrateStores(config, stores, randomUUID());
    if (json) console.log(JSON.stringify({ [plan ? 'pending' : 'applied']: lines }));
    else console.log(lines.length === 0 ? 'nothing to apply' : lines.join('\n'));
  } finally {
    await stores.close();
    await environment.close();
  }
}
