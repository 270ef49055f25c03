// The engine allows one process per data folder; a second one would damage it. The lock names its owner by process id
// and start time, so that a lock left by a killed gateway, whose id another process may carry by now, is taken over.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifySelf, isAlive, ProcessIdentity } from '../../supervise/process-identity.ts';
import { readPrivateJson } from '../../write-private-file.ts';

function ownerLives(path: string): boolean {
  const owner = readPrivateJson(path, ProcessIdentity);
  return owner !== undefined && isAlive(owner);
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify(identifySelf()), { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

/** Takes the lock or throws; returns what releases it. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'gateway.lock');
  if (!tryLock(path)) {
    if (ownerLives(path)) throw new Error(`another gateway process holds ${folder} (see ${path})`);
    rmSync(path, { force: true });
    if (!tryLock(path)) throw new Error(`another gateway process has just taken ${folder}`);
  }
  return () => rmSync(path, { force: true });
}
