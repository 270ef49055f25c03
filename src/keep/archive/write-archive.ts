import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { exportForms } from '../export/export-forms.ts';
import { writeWhole } from '../write-whole.ts';
import type { FreshEvents } from './fresh-events.ts';
import { describeEventsStatement, type Manifest } from './manifest.ts';
import type { Month } from './month.ts';

export const streamMonthStatement = statement('clickhouse/keep/archive/stream-month.sql', {
  params: z.object({ partition: z.string() }),
  row: z.object({}),
});

export type ArchiveDeps = {
  facts: Pick<Facts, 'select' | 'selectStream' | 'load'>;
  withFreshEvents: FreshEvents;
  /** The newest schema file that the store has applied. */
  schema: string;
  now: () => number;
};

/** Writes the events of a month and its manifest. The manifest comes last, once what was written has been read back and is the same. */
export async function writeArchive(deps: ArchiveDeps, month: Month, folder: string): Promise<Manifest> {
  const { facts } = deps;
  const { partition } = month;
  const [held] = await facts.select(describeEventsStatement, { table: 'events', partition });
  if (held === undefined || held.rows === 0) throw new Error(`there are no events that were accepted in ${month.name}`);
  await mkdir(folder, { recursive: true });
  const file = `events-${month.name}.parquet`;
  const path = join(folder, file);
  const pieces = facts.selectStream(streamMonthStatement, { partition }, exportForms.parquet);
  await writeWhole(path, pieces, (partial) => compareFile(deps, partial, { held, partition }));
  const bytes = (await stat(path)).size;
  const { columnsChecksum: _, ...described } = held;
  const manifest: Manifest = {
    archive: 'sharetrail events 1',
    month: month.name,
    file,
    bytes,
    ...described,
    schema: deps.schema,
    writtenAt: new Date(deps.now()).toISOString(),
  };
  await writeWhole(path.replace(/\.parquet$/, '.json'), pieceOf(`${JSON.stringify(manifest, null, 2)}\n`));
  return manifest;
}

type Held = { held: z.output<typeof describeEventsStatement.row>; partition: string };

async function compareFile(
  { facts, withFreshEvents }: ArchiveDeps,
  path: string,
  { held, partition }: Held,
): Promise<void> {
  await withFreshEvents('archived', async (fresh) => {
    await facts.load({ table: fresh.name, format: 'Parquet' }, createReadStream(path));
    const [read] = await facts.select(describeEventsStatement, { table: fresh.name, partition });
    if (JSON.stringify(read) === JSON.stringify(held)) return;
    throw new Error(
      `the file holds ${read?.rows} events where the store had ${held.rows}, or others: they changed meanwhile, or it was not written well`,
    );
  });
}

async function* pieceOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
