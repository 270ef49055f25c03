import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './say.mjs';

const lookAgainMs = 300;
const giveUpAfterMs = 30 * 60_000;

/** Two set-ups of one checkout at once: the second waits for the first and then finds its work done. */
export async function withSetupLock(folder, work) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'setup.lock');
  await takeLock(path);
  const release = () => rmSync(path, { force: true });
  process.on('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function takeLock(path) {
  const deadlineMs = Date.now() + giveUpAfterMs;
  for (let told = false; !tryLock(path); told = true) {
    const holder = readHolder(path);
    if (holder !== undefined && !isAlive(holder)) removeStale(path, holder);
    else if (Date.now() > deadlineMs) throw new Error(`another set-up still holds ${path}`);
    else {
      if (!told) say('  another set-up is at work here; waiting for it ...');
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }
}

/** A link appears with its content or not at all, and fails where one is there already. */
function tryLock(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Moved away before it is removed: of several that saw the same dead holder, one gets the file. */
function removeStale(path, holder) {
  const away = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, away);
  } catch {
    return;
  }
  const moved = readHolder(away);
  if (moved?.pid !== holder.pid || moved?.start !== holder.start) linkSync(away, path);
  rmSync(away, { force: true });
}

function isAlive({ pid, start }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return startOf(pid) === start;
}

function startOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[19];
  } catch {
    return '';
  }
}
