import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findDieWithUs } from '../../../src/local/supervise/spawn-store.ts';
import { packageRoot } from '../../../src/query/root.ts';

export type ServicePlan = {
  name: string;
  roles: string;
  entry: string;
  home: string;
  variables: NodeJS.ProcessEnv;
  nodeArguments?: readonly string[];
  extraVariables?: NodeJS.ProcessEnv;
};

/** One process of the service, started again whenever it ends until it is let go, the way process managers do it. */
export type KeptService = {
  name: string;
  roles: string;
  pid(): number | undefined;
  isReady(): boolean;
  readyTimes(): readonly number[];
  waitUntilReady(timeoutMs: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Kills it and answers when it is gone; another process follows. */
  kill(): Promise<void>;
  /** Ends it for good; the answer is its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  output(): string;
  /** Ends that nobody asked for. */
  ownEnds(): readonly string[];
};

const restartAfterMs = 200;
const mostEndsInARow = 40;
const lookAgainMs = 20;
const readyLine = /answers at (\S+)|works without a door/;

// A test run that fails half-way leaves no process behind.
const endWithUs = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of endWithUs) child.kill('SIGKILL');
});
// Where util-linux is there, the kernel sees to it even if the run is killed.
const dieWithUs = findDieWithUs().map((part) => (part === 'TERM' ? 'KILL' : part));

type Life = { child: ChildProcess; logFrom: number; killed: boolean; ready: boolean };

export function keepService(plan: ServicePlan): KeptService {
  const folder = join(plan.home, 'log');
  mkdirSync(folder, { recursive: true });
  const logPath = join(folder, `${plan.name}-${Date.now()}.log`);
  const state: { life?: Life; stopping: boolean } = { stopping: false };
  const readyTimes: number[] = [];
  const ownEnds: string[] = [];
  const output = () => readFileSync(logPath, 'utf8');
  const ended = keepRunning();

  async function keepRunning(): Promise<void> {
    for (let endsInARow = 0; !state.stopping && endsInARow < mostEndsInARow; endsInARow += 1) {
      const life = start(plan, logPath);
      state.life = life;
      const exited = once(life.child, 'exit');
      void watchReadiness(life);
      const [code, signal] = await exited;
      // A kill that was asked for says nothing about whether it can live.
      if (life.ready || life.killed) endsInARow = 0;
      life.ready = false;
      if (!life.killed && !state.stopping) ownEnds.push(`${plan.name} ended by itself: ${code ?? signal}`);
      if (!state.stopping) await pause(restartAfterMs);
    }
  }

  async function watchReadiness(life: Life): Promise<void> {
    while (life.child.exitCode === null && life.child.signalCode === null) {
      if (readyLine.test(output().slice(life.logFrom))) {
        life.ready = true;
        readyTimes.push(Date.now());
        return;
      }
      await pause(lookAgainMs);
    }
  }

  return {
    name: plan.name,
    roles: plan.roles,
    pid: () => state.life?.child.pid,
    isReady: () => state.life?.ready === true,
    readyTimes: () => readyTimes,
    waitUntilReady: async (timeoutMs) => {
      const deadlineMs = Date.now() + timeoutMs;
      while (state.life?.ready !== true) {
        if (Date.now() > deadlineMs) throw new Error(`${plan.name} is not ready:\n${output().slice(-4000)}`);
        await pause(lookAgainMs);
      }
    },
    signal: (signal) => void state.life?.child.kill(signal),
    kill: async () => {
      const { life } = state;
      if (life === undefined || life.child.exitCode !== null || life.child.signalCode !== null) return;
      life.killed = true;
      life.ready = false;
      const gone = once(life.child, 'exit');
      life.child.kill('SIGKILL');
      await gone;
    },
    stop: async (signal = 'SIGTERM') => {
      state.stopping = true;
      const child = state.life?.child;
      child?.kill(signal);
      child?.kill('SIGCONT');
      const limit = setTimeout(() => child?.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(limit);
      return child?.exitCode ?? null;
    },
    output,
    ownEnds: () => ownEnds,
  };
}

function start(plan: ServicePlan, logPath: string): Life {
  const { entry, roles, nodeArguments = [] } = plan;
  const variables = { ...plan.variables, ...plan.extraVariables };
  const log = openSync(logPath, 'a');
  const logFrom = readFileSync(logPath, 'utf8').length;
  const command = [...dieWithUs, process.execPath, ...nodeArguments, entry, 'serve', '--roles', roles];
  const [file = process.execPath, ...args] = command;
  const child = spawn(file, args, { env: variables, cwd: packageRoot, stdio: ['ignore', log, log] });
  closeSync(log);
  endWithUs.add(child);
  child.once('exit', () => endWithUs.delete(child));
  return { child, logFrom, killed: false, ready: false };
}
