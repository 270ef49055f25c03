import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { liftExpiry } from '../retention/lift-expiry.ts';
import { describeEventsStatement, type Manifest, readManifest } from './manifest.ts';
import { readMonth } from './month.ts';
import type { ArchiveDeps } from './write-archive.ts';

export const fillMissingStatement = statement('clickhouse/keep/archive/fill-missing.sql', {
  params: z.object({ partition: z.string() }),
  row: z.object({}),
});

export type RestoreDeps = Omit<ArchiveDeps, 'facts'> & {
  facts: Pick<Facts, 'select' | 'load' | 'run'>;
};

export type Restored = { month: string; rows: number; restored: number; alreadyThere: number };

/**
 * Brings the events of an archive back past all views: what is fed by these is kept when events go. Numbers that are there
 * are left alone, so that it can be done again after whatever end the first try came to.
 */
export async function restoreArchive(deps: RestoreDeps, path: string): Promise<Restored> {
  const { facts } = deps;
  const { manifest, rowsPath } = await readManifest(path);
  if (manifest.schema > deps.schema)
    throw new Error(
      `${path} was written under schema ${manifest.schema}, and this store has ${deps.schema}: migrate first`,
    );
  await access(rowsPath);
  const { partition } = readMonth(manifest.month);
  const restored = await deps.withFreshEvents('archived', async (archived) => {
    await facts.load({ table: archived.name, format: 'Parquet' }, createReadStream(rowsPath));
    await checkRows(deps, archived.name, { manifest, rowsPath, partition });
    return deps.withFreshEvents('restored', async (missing) => {
      await facts.run(fillMissingStatement, { partition });
      const [found] = await facts.select(describeEventsStatement, { table: missing.name, partition });
      if (found !== undefined && found.rows > 0) await missing.attach(partition);
      return found?.rows ?? 0;
    });
  });
  // What was restored has not expired any more; only then does its row count again.
  await liftExpiry({ facts }, partition);
  return { month: manifest.month, rows: manifest.rows, restored, alreadyThere: manifest.rows - restored };
}

type Loaded = { manifest: Manifest; rowsPath: string; partition: string };

async function checkRows(
  { facts }: RestoreDeps,
  table: string,
  { manifest, rowsPath, partition }: Loaded,
): Promise<void> {
  const [read] = await facts.select(describeEventsStatement, { table, partition });
  const { rows, checksum } = manifest;
  if (read?.rows === rows && read.checksum === checksum) return;
  throw new Error(
    `${rowsPath} holds ${read?.rows ?? 0} events with checksum ${read?.checksum}, and its manifest says ${rows} with ${checksum}: nothing was restored`,
  );
}
