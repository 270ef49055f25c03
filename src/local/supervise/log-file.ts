import { mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const largestBytes = 10_000_000;

/** The path of one part's log; a large one is set aside, and only the last such is kept. */
export function logPath(home: string, name: string): string {
  const folder = join(home, 'log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(path, `${path}.1`);
  return path;
}

export function openLog(home: string, name: string): number {
  return openSync(logPath(home, name), 'a', 0o600);
}

/** What a part said last, shown to a person where it could not start. */
export function readLogEnd(home: string, name: string, lines = 15): string {
  try {
    return readFileSync(logPath(home, name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
