import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { statement } from '../../query/statement.ts';

export const describeEventsStatement = statement('clickhouse/keep/archive/describe-events.sql', {
  params: z.object({ table: z.string(), partition: z.string() }),
  row: z.object({
    rows: z.number(),
    firstSeq: z.number(),
    lastSeq: z.number(),
    checksum: z.string(),
    columnsChecksum: z.string(),
  }),
});

/** What lies beside an archive and says what is in it. `checksum` is the store's own sum over what was sent. */
const manifest = z.object({
  archive: z.literal('sharetrail events 1'),
  month: z.string(),
  file: z.string(),
  bytes: z.number(),
  rows: z.number(),
  firstSeq: z.number(),
  lastSeq: z.number(),
  checksum: z.string(),
  /** The newest schema file that the store had applied. */
  schema: z.string(),
  writtenAt: z.string(),
});

export type Manifest = z.output<typeof manifest>;

/** The manifest of an archive, whichever of its two files is named; and where the rows are. */
export async function readManifest(path: string): Promise<{ manifest: Manifest; rowsPath: string }> {
  const manifestPath = path.replace(/\.parquet$/, '.json');
  const text = await readFile(manifestPath, 'utf8');
  const parsed = manifest.safeParse(readJson(text));
  if (!parsed.success) throw new Error(`${manifestPath} is not the manifest of an archive`);
  return { manifest: parsed.data, rowsPath: join(dirname(manifestPath), basename(parsed.data.file)) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
