import { linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateJson, writePrivateJson } from '../write-private-file.ts';
import { identifySelf, isAlive, ProcessIdentity } from './process-identity.ts';

export type Lock = { release(): void };

const mostTries = 1000;

/**
 * One holder at a time, and a dead holder is told by its process id and start time. The lock is a row of numbered
 * files of which the highest counts: a dead holder's file is never taken away by one who wants the lock, a higher one
 * is made instead, and making it fails where another was quicker. So two that find the same dead holder cannot both win.
 */
export function takeLock(folder: string, name: string): Lock | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const self = identifySelf();
  for (let tried = 0; tried < mostTries; tried += 1) {
    const highest = readNumbers(folder, name).at(-1) ?? 0;
    const holder = readPrivateJson(numbered(folder, name, highest), ProcessIdentity);
    if (holder !== undefined && isAlive(holder)) return undefined;
    if (claim(folder, name, { number: highest + 1, self })) return holdLock(folder, name, highest + 1);
  }
  throw new Error(`the lock ${join(folder, name)} changes hands too fast`);
}

/** A link appears together with its content, or fails because the number is taken. */
function claim(folder: string, name: string, { number, self }: { number: number; self: ProcessIdentity }): boolean {
  const own = join(folder, `${name}.claim-${process.pid}`);
  writeFileSync(own, JSON.stringify(self), { mode: 0o600 });
  try {
    linkSync(own, numbered(folder, name, number));
  } catch {
    return false;
  } finally {
    rmSync(own, { force: true });
  }
  // Others may have gone on to higher numbers, and tidied lower ones away, since we looked.
  const isHighest = readNumbers(folder, name).at(-1) === number;
  if (!isHighest) rmSync(numbered(folder, name, number), { force: true });
  return isHighest;
}

function holdLock(folder: string, name: string, number: number): Lock {
  for (const lower of readNumbers(folder, name)) {
    if (lower < number) rmSync(numbered(folder, name, lower), { force: true });
  }
  // Not removed on release: the next number must be higher than any that was seen.
  return { release: () => writePrivateJson(numbered(folder, name, number), { released: true }) };
}

function readNumbers(folder: string, name: string): number[] {
  const prefix = `${name}-`;
  const own = readdirSync(folder).filter((file) => file.startsWith(prefix) && /^\d+$/.test(file.slice(prefix.length)));
  return own.map((file) => Number(file.slice(prefix.length))).toSorted((left, right) => left - right);
}

function numbered(folder: string, name: string, number: number): string {
  return join(folder, `${name}-${number}`);
}
