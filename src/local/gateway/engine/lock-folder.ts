// The engine allows one process per data folder; a second one would damage it. The lock names its owner by process id
// and start time, so that a lock left by a killed gateway, whose id another process may carry by now, is taken over.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Start time in clock ticks since boot: field 22 of /proc/PID/stat, counted after the name, which may hold spaces. */
function startTicks(processId: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function ownerLives(path: string): boolean {
  try {
    const [processId, ticks] = readFileSync(path, 'utf8').trim().split(' ');
    return processId !== undefined && ticks !== undefined && startTicks(Number(processId)) === ticks;
  } catch {
    return false;
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${startTicks(process.pid) ?? ''}\n`, { flag: 'wx', mode: 0o600 });
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
