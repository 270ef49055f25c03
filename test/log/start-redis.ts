import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export type TestRedis = {
  url: string;
  /** A server of the test's own, which it may kill; the data folder stays. */
  kill(signal: NodeJS.Signals): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** A Redis with the log's own settings on a free port and in a folder of its own. */
export async function startRedis(extra: string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'sharetrail-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = launch(port, folder, extra);
  await waitUntilReady(url);
  return {
    url,
    kill: (signal) => end(server, signal),
    restart: async () => {
      server = launch(port, folder, extra);
      await waitUntilReady(url);
    },
    stop: async () => {
      await end(server, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(port: number, folder: string, extra: string[]): ChildProcess {
  const settings = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const rewrite = ['--auto-aof-rewrite-min-size', '2gb'];
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  return spawn('redis-server', [...place, ...settings, ...rewrite, ...extra], { stdio: 'ignore' });
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
}

async function waitUntilReady(url: string): Promise<void> {
  const probe = new Redis(url, { retryStrategy: () => 20 });
  probe.on('error', () => undefined);
  await probe.ping();
  probe.disconnect();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
