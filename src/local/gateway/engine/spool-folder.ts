// The gateway's own folder for pipes and request bodies, in memory where the system has /dev/shm: the engine reads rows
// and writes answers only through files, and only of names that are made here.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SpoolFolder = { newFile(): string; newPipe(): string; remove(): void };

const prefix = 'sharetrail-gateway-';
const pipeMaker = 'mkfifo';

// Containers often have a /dev/shm of 64 MB, too small for large inserts.
const leastFreeBytes = 1024 ** 3;

function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= leastFreeBytes ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Folders whose process is gone: a gateway that was killed could not remove its own. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const processId = /^sharetrail-gateway-(\d+)-/.exec(name)?.[1];
    if (processId !== undefined && !existsSync(`/proc/${processId}`)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

export function openSpoolFolder(parent: string = memoryFolder()): SpoolFolder {
  removeAbandoned(parent);
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  return {
    newFile: () => join(folder, randomUUID()),
    newPipe: () => {
      const path = join(folder, `pipe-${randomUUID()}`);
      execFileSync(pipeMaker, ['-m', '600', path]);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
