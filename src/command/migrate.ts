import { randomUUID } from 'node:crypto';
import { migrateStores, planStores } from '../compose/migrate-stores.ts';
import type { Stores } from '../compose/open-stores.ts';
import type { Config } from '../config.ts';
import { type AccessReport, applyAccess } from '../facts/apply-access.ts';
import { withConfig, withStores } from './with-stores.ts';

type Options = { plan?: boolean; access?: boolean; json?: boolean };
type Done = { lines: string[]; access: AccessReport | null };

export async function runMigrate(options: Options): Promise<void> {
  const { plan = false, json = false } = options;
  const { lines, access } = await withConfig((config) =>
    withStores(config, (stores) => migrate(config, stores, options)),
  );
  if (json) {
    console.log(JSON.stringify({ [plan ? 'pending' : 'applied']: lines, ...(access === null ? {} : { access }) }));
    return;
  }
  console.log(lines.length === 0 ? 'nothing to apply' : lines.join('\n'));
  if (access !== null) console.log(describeAccess(access));
}

async function migrate(config: Config, stores: Stores, { plan = false, access = false }: Options): Promise<Done> {
  if (plan) return { lines: await planStores(config, stores), access: null };
  const lines = await migrateStores(config, stores, randomUUID());
  if (!access) return { lines, access: null };
  return { lines, access: await applyAccess(stores.facts, config.clickhouse.analystPassword) };
}

function describeAccess({ applied, refused }: AccessReport): string {
  const lines = applied.map((id) => `access ${id}`);
  return [...lines, ...(refused === null ? [] : [`access was not applied: ${refused}`])].join('\n');
}
