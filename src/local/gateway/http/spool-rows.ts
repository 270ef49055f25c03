// Puts the rows of an INSERT where the engine can read them: a file of the gateway's own, in memory where possible.
import { rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { SpoolFolder } from '../engine/spool-folder.ts';
import type { Chunks } from './read-body.ts';

export type Rows = { beginning: Buffer; rest: Chunks | undefined };

export const noRows: Rows = { beginning: Buffer.alloc(0), rest: undefined };

// Below this a synchronous write into memory is quicker than a trip to another thread.
const directBytes = 256 * 1024;
const gatheredBytes = 1024 * 1024;

async function writeGathered(file: FileHandle, { beginning, rest }: Rows): Promise<void> {
  let gathered = [beginning];
  let bytes = beginning.length;
  const flush = async () => {
    await file.writev(gathered);
    gathered = [];
    bytes = 0;
  };
  for await (const chunk of rest ?? []) {
    gathered.push(chunk);
    bytes += chunk.length;
    if (bytes >= gatheredBytes) await flush();
  }
  await flush();
}

async function writeRows(path: string, rows: Rows): Promise<void> {
  if (rows.rest === undefined && rows.beginning.length <= directBytes) {
    writeFileSync(path, rows.beginning, { mode: 0o600 });
    return;
  }
  const file = await open(path, 'wx', 0o600);
  try {
    await writeGathered(file, rows);
  } finally {
    await file.close();
  }
}

/** Gives the file's path to `use` and removes the file afterwards. */
export async function spoolRows<T>(spool: SpoolFolder, rows: Rows, use: (path: string) => Promise<T>): Promise<T> {
  const path = spool.newFile();
  try {
    await writeRows(path, rows);
    return await use(path);
  } finally {
    rmSync(path, { force: true });
  }
}
