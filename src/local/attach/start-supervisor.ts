import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { packageRoot } from '../../query/root.ts';
import { findEntry } from '../find-entry.ts';
import { openLog, readLogEnd } from '../supervise/log-file.ts';
import type { SupervisorRecord } from '../supervise/messages.ts';
import { findSupervisor } from './supervisor-record.ts';

const startTimeoutMs = 30_000;
const lookAgainMs = 50;

/** A process of its own that outlives us; undefined where another start was quicker and this one made way. */
export async function startSupervisor(home: string): Promise<SupervisorRecord | undefined> {
  const log = openLog(home, 'supervisor');
  const args = [...findEntry('supervisor'), home];
  const child = spawn(process.execPath, args, { cwd: packageRoot, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const life: { ended: number | string | undefined } = { ended: undefined };
  child.once('error', (error) => {
    life.ended = error.message;
  });
  child.once('exit', (code, signal) => {
    life.ended = code ?? signal ?? 'unknown';
  });
  const deadlineMs = Date.now() + startTimeoutMs;
  while (life.ended === undefined && Date.now() < deadlineMs) {
    const supervisor = findSupervisor(home);
    if (supervisor !== undefined) return supervisor;
    await pause(lookAgainMs);
  }
  if (life.ended === 0) return findSupervisor(home);
  throw new Error(
    `the supervisor of the local stack did not start (${life.ended ?? 'too slow'})\n${readLogEnd(home, 'supervisor')}`,
  );
}
