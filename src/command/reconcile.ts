import { randomUUID } from 'node:crypto';
import { migrateStores } from '../compose/migrate-stores.ts';
import { reconcileNow } from '../compose/reconcile-now.ts';
import type { Level } from '../reconcile/pass/run-pass.ts';
import type { Report } from '../reconcile/runs/report.ts';
import { say } from './run-service.ts';
import { withConfig, withStores } from './with-stores.ts';

export type ReconcileFlags = { dryRun?: boolean; root?: string; level: string; json?: boolean };

const timeoutMs = 60_000;
const levels: readonly Level[] = ['1', '2', '3', 'all'];

/** One whole pass, now. Ends with 0 when the stores agree at its end, with 1 when they do not. */
export async function runReconcile({
  dryRun = false,
  root,
  level: asked,
  json = false,
}: ReconcileFlags): Promise<void> {
  const level = levels.find((known) => known === asked);
  if (level === undefined) throw new Error(`--level is one of ${levels.join(', ')}`);
  const { run, agrees, after } = await withConfig((config) =>
    withStores(
      config,
      async (stores) => {
        await migrateStores(config, stores, randomUUID());
        return reconcileNow({ config, stores, say }, { level, dryRun, rootId: root });
      },
      { timeoutMs },
    ),
  );
  if (json) console.log(JSON.stringify({ agrees, run, after }, null, 2));
  else for (const line of describe(run, agrees)) console.log(line);
  process.exitCode = agrees ? 0 : 1;
}

function describe(run: Report, agrees: boolean): string[] {
  const done = run.dryRun ? 'would be repaired' : 'repaired';
  return [
    `looked at ${run.lookedAt}, ${run.differing} differing, ${run.dryRun ? run.repairs.length : run.repaired} ${done}`,
    ...(run.stopped === '' ? [] : [`stopped: ${run.stopped}`]),
    ...run.repairs.map(({ kind, target, subject, source }) => `  ${target} ${subject}: ${kind} (from the ${source})`),
    ...run.labelled.map(({ subject, reason }) => `  ${subject}: ${reason}`),
    agrees ? 'the stores agree' : 'the stores do not agree',
  ];
}
