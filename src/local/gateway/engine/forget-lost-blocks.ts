// The engine notes a block as taken before it puts the block's part in place. Killed in between, it would call the same
// insert a repeat from then on, and the rows would be nowhere. Before it starts again, such notes are taken back.
import { appendFileSync, type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Part = { partition: string; first: number; last: number };

const logFolder = 'deduplication_logs';
// What the engine writes in front of a part and a block: the block was taken, or its part was dropped.
const taken = '1';
const dropped = '2';

/** Returns how many notes were taken back. Only for a data folder that no engine has open. */
export function forgetLostBlocks(dataFolder: string): number {
  let forgotten = 0;
  for (const group of foldersIn(join(dataFolder, 'store'))) {
    for (const table of foldersIn(group)) forgotten += forgetInTable(table);
  }
  return forgotten;
}

function forgetInTable(table: string): number {
  const logs = filesIn(join(table, logFolder)).toSorted((left, right) => numberOf(left) - numberOf(right));
  const newest = logs.at(-1);
  if (newest === undefined) return 0;
  const parts = foldersIn(table).flatMap((path) => parsePart(path.slice(path.lastIndexOf('/') + 1)) ?? []);
  const lost = [...readNotes(logs)].filter(([, name]) => !isKept(parts, name));
  if (lost.length > 0) appendFileSync(newest, lost.map(([block, name]) => `${dropped}\t${name}\t${block}\n`).join(''));
  return lost.length;
}

/** The part of every block that counts as taken. */
function readNotes(logs: readonly string[]): Map<string, string> {
  const notes = new Map<string, string>();
  for (const line of logs.flatMap((path) => readFileSync(path, 'utf8').split('\n'))) {
    const [operation, part, block] = line.split('\t');
    if (part === undefined || block === undefined) continue;
    if (operation === taken) notes.set(block, part);
    else notes.delete(block);
  }
  return notes;
}

/**
 * What was on its way has a higher number than all that is in place; an older part that is gone was merged, or dropped on
 * purpose. A name that is not understood is left alone.
 */
function isKept(parts: readonly Part[], name: string): boolean {
  const part = parsePart(name);
  if (part === undefined) return true;
  return parts.some(({ partition, last }) => partition === part.partition && last >= part.first);
}

/** `<partition>_<first block>_<last block>_<level>`, and perhaps the number of a mutation. */
function parsePart(name: string): Part | undefined {
  const [, partition, first, last] = /^([^_]+)_(\d+)_(\d+)_\d+(?:_\d+)?$/.exec(name) ?? [];
  return partition === undefined ? undefined : { partition, first: Number(first), last: Number(last) };
}

function numberOf(path: string): number {
  return Number(/(\d+)\.txt$/.exec(path)?.[1] ?? 0);
}

function foldersIn(folder: string): string[] {
  return entriesOf(folder, (entry) => entry.isDirectory());
}

function filesIn(folder: string): string[] {
  return entriesOf(folder, (entry) => entry.isFile());
}

function entriesOf(folder: string, isWanted: (entry: Dirent) => boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(isWanted)
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
