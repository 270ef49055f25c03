import { randomUUID } from 'node:crypto';
import { migrateStores, planStores } from '../compose/migrate-stores.ts';
import { withConfig, withStores } from './with-stores.ts';

type Options = { plan?: boolean; json?: boolean };

export async function runMigrate({ plan = false, json = false }: Options): Promise<void> {
  const lines = await withConfig((config) =>
    withStores(config, (stores) => (plan ? planStores(config, stores) : migrateStores(config, stores, randomUUID()))),
  );
  if (json) console.log(JSON.stringify({ [plan ? 'pending' : 'applied']: lines }));
  else console.log(lines.length === 0 ? 'nothing to apply' : lines.join('\n'));
}
