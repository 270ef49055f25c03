import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { migrateStores } from '../../compose/migrate-stores.ts';
import type { Stores } from '../../compose/open-stores.ts';
import type { Config } from '../../config.ts';
import { newestAppliedFacts } from '../../facts/migrate-facts.ts';
import type { Manifest } from '../../keep/archive/manifest.ts';
import { readMonth } from '../../keep/archive/month.ts';
import { type RestoreDeps, type Restored, restoreArchive } from '../../keep/archive/restore-archive.ts';
import { type ArchiveDeps, writeArchive } from '../../keep/archive/write-archive.ts';
import { withFreshTable } from '../../project/rebuild/fresh-table.ts';
import { waitForTurn } from '../../reconcile/pass/take-turn.ts';
import { say } from '../run-service.ts';
import { withConfig, withStores } from '../with-stores.ts';

export type ArchiveFlags = { month?: string; out?: string; restore?: string; json?: boolean };

type Work<T> = (deps: ArchiveDeps & RestoreDeps) => Promise<T>;

/** Writes a month of events to files, or brings one back. */
export async function runArchive({ month, out, restore, json = false }: ArchiveFlags): Promise<void> {
  if (restore !== undefined) {
    if (month !== undefined || out !== undefined) throw new Error('--restore stands alone');
    const restored = await withArchive((deps) => restoreArchive(deps, resolve(restore)));
    console.log(json ? JSON.stringify(restored) : describeRestored(restored));
    return;
  }
  if (month === undefined || out === undefined) throw new Error('say --month and --out, or --restore');
  const asked = readMonth(month);
  if (asked.endMs > Date.now()) throw new Error(`${month} has not ended`);
  const folder = resolve(out);
  const manifest = await withArchive((deps) => writeArchive(deps, asked, folder));
  console.log(json ? JSON.stringify(manifest) : describeWritten(manifest, folder));
}

/** Nothing reconciles and nothing expires meanwhile, because these would find half of it done. */
function withArchive<T>(work: Work<T>): Promise<T> {
  return withConfig((config) =>
    withStores(patient(config), async (stores) => {
      await migrateStores(config, stores, randomUUID());
      const deps = await archiveDeps(stores);
      say('  waiting for the turn of whoever compares, repairs and expires');
      return waitForTurn(stores.log, config.reconcile.pass.leaseMs, () => work(deps));
    }),
  );
}

async function archiveDeps({ facts }: Stores): Promise<ArchiveDeps & RestoreDeps> {
  return {
    facts,
    withFreshEvents: (suffix, work) => withFreshTable({ facts }, 'events', work, suffix),
    schema: await newestAppliedFacts(facts),
    now: Date.now,
  };
}

function patient(config: Config): Config {
  return { ...config, clickhouse: { ...config.clickhouse, timeoutMs: config.archive.timeoutMs } };
}

function describeWritten({ month, file, rows, firstSeq, lastSeq, bytes, checksum }: Manifest, folder: string): string {
  const numbers = `accept numbers ${firstSeq} to ${lastSeq}`;
  return `${month}: ${rows} events, ${numbers}, ${bytes} bytes in ${folder}/${file}, read back with checksum ${checksum}`;
}

function describeRestored({ month, rows, restored, alreadyThere }: Restored): string {
  return `${month}: ${restored} of ${rows} events restored, ${alreadyThere} were there`;
}
