import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

/** A Redis with the log's settings, for faults that its process or its files have to be made for. */
export type OwnRedis = {
  url: string;
  folder: string;
  pid(): number;
  hasEnded(): boolean;
  kill(): Promise<void>;
  /** Again, with the limits it had or with others. */
  start(otherPrelude?: string): Promise<void>;
  /** The file that the last commands are appended to. */
  tail(): string;
  stop(): Promise<void>;
};

const readyTimeoutMs = 20_000;

/** `prelude` is run by the shell that becomes the server: limits are set there. */
export async function startOwnRedis(home: string, name: string, prelude = 'true'): Promise<OwnRedis> {
  const folder = join(home, `redis-${name}-${Date.now()}`);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const settings = [
    '--save',
    "''",
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
    '--maxmemory-policy',
    'noeviction',
  ];
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const server = `exec redis-server ${[...place, ...settings].join(' ')}`;
  const state: { child?: ChildProcess } = {};
  const hasEnded = () => state.child === undefined || state.child.exitCode !== null || state.child.signalCode !== null;
  const kill = async () => {
    if (state.child === undefined || hasEnded()) return;
    const ended = once(state.child, 'exit');
    state.child.kill('SIGKILL');
    await ended;
  };
  const start = async (limits = prelude) => {
    state.child = spawn('bash', ['-c', `${limits}; ${server}`], { stdio: 'ignore' });
    await waitUntilReady(url, hasEnded);
  };
  await start();
  return {
    url,
    folder,
    pid: () => state.child?.pid ?? 0,
    hasEnded,
    kill,
    start,
    tail: () => {
      const files = readdirSync(join(folder, 'appendonlydir')).filter((file) => file.endsWith('.incr.aof'));
      return join(folder, 'appendonlydir', files.toSorted().at(-1) ?? '');
    },
    stop: kill,
  };
}

async function waitUntilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const probe = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  probe.on('error', () => undefined);
  const deadlineMs = Date.now() + readyTimeoutMs;
  while (probe.status !== 'ready') {
    if (hasEnded() || Date.now() > deadlineMs) throw new Error('the Redis of the test does not start');
    await pause(20);
  }
  probe.disconnect();
}
