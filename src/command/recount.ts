import { randomUUID } from 'node:crypto';
import { migrateStores } from '../compose/migrate-stores.ts';
import { recountNow } from '../compose/recount-now.ts';
import { say } from './run-service.ts';
import { withConfig, withStores } from './with-stores.ts';

export type RecountFlags = { dryRun?: boolean; months?: string; json?: boolean };

const timeoutMs = 60_000;

/** Counts what posts received anew from the facts, and puts right what differs. Ends with 1 where a dry run found any. */
export async function runRecount({ dryRun = false, months, json = false }: RecountFlags): Promise<void> {
  const newest = months === undefined ? undefined : Number(months);
  if (newest !== undefined && !(Number.isInteger(newest) && newest > 0)) throw new Error('--months is a whole number');
  const asked = { dryRun, ...(newest === undefined ? {} : { newest }) };
  const found = await withConfig((config) =>
    withStores(
      config,
      async (stores) => {
        await migrateStores(config, stores, randomUUID());
        return recountNow({ config, stores, say }, asked);
      },
      { timeoutMs },
    ),
  );
  if (json) console.log(JSON.stringify({ found, dryRun }, null, 2));
  else {
    for (const { table, partition, kept, counted } of found)
      console.log(`${table} ${partition}: ${kept}, not ${counted}`);
    console.log(
      found.length === 0 ? 'all counts are as the facts make them' : dryRun ? 'nothing was changed' : 'put right',
    );
  }
  process.exitCode = dryRun && found.length > 0 ? 1 : 0;
}
