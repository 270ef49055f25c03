import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync } from 'node:fs';
import { openLog } from './log-file.ts';
import type { StoreCommand, StoreName } from './stores/store.ts';

type Deps = { home: string; dieWithUs: string[] };

export type StoreProcess = { pid: number; ended: Promise<string>; kill(signal: NodeJS.Signals): void };

/** Where util-linux is there, the kernel itself ends the stores of a supervisor that was killed. */
export function findDieWithUs(): string[] {
  const prefix = ['setpriv', '--pdeathsig', 'TERM', '--'];
  const tried = process.platform === 'linux' && spawnSync('setpriv', [...prefix.slice(1), 'true']).status === 0;
  return tried ? prefix : [];
}

export function spawnStore({ home, dieWithUs }: Deps, name: StoreName, command: StoreCommand): StoreProcess {
  const log = openLog(home, name);
  // A client waits for the log and for nothing else: on a busy machine the other two stores come after it.
  const yielding = name === 'redis' ? [] : ['nice', '-n', '10'];
  const [file = command.file, ...args] = [...dieWithUs, ...yielding, command.file, ...command.args];
  const env = { ...process.env, ...command.env };
  const child = spawn(file, args, { cwd: command.cwd, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = endOf(child);
  if (child.pid === undefined) throw new Error(`${name} could not be started: ${file}`);
  return { pid: child.pid, ended, kill: (signal) => void child.kill(signal) };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
