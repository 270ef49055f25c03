import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A process id is given again to others; with the time its process began it names one process only. */
export const ProcessIdentity = z.strictObject({ pid: z.int().positive(), start: z.string().min(1) });

export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** Undefined where no such process runs; one that has ended and only waits to be collected does not run. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const start = process.platform === 'linux' ? readStartOnLinux(pid) : readStartElsewhere(pid);
  return start === undefined ? undefined : { pid, start };
}

export function identifySelf(): ProcessIdentity {
  const identity = identifyProcess(process.pid);
  if (identity === undefined) throw new Error('this machine does not tell when a process began');
  return identity;
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.start === identity.start;
}

/** False where the process had gone already. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch {
    return false;
  }
}

/** Field 22 of proc's stat counts from the start of the machine, so the start's own id stands before it. */
function readStartOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === undefined || ticks === undefined || 'ZX'.includes(state)) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return undefined;
  }
}

function readStartElsewhere(pid: number): string | undefined {
  try {
    const told = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' });
    const [, state, start] = /^\s*(\S+)\s+(.+?)\s*$/.exec(told) ?? [];
    return state === undefined || state.startsWith('Z') ? undefined : start;
  } catch {
    return undefined;
  }
}
