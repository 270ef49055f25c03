import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { findSupervisor } from '../../src/local/attach/supervisor-record.ts';
import { type Endpoints, EndpointsShape } from '../../src/local/endpoints.ts';
import { isAlive, ProcessIdentity } from '../../src/local/supervise/process-identity.ts';
import { packageRoot } from '../../src/query/root.ts';

const Children = z.record(z.string(), ProcessIdentity);

export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), 'sharetrail-stack-'));
}

/** The store processes as the supervisor recorded them. */
export function readChildren(home: string): Record<string, ProcessIdentity> {
  return Children.parse(JSON.parse(readFileSync(join(home, 'run', 'children.json'), 'utf8')));
}

export function childOf(home: string, name: string): ProcessIdentity {
  const child = readChildren(home)[name];
  if (child === undefined) throw new Error(`${name} was never started`);
  return child;
}

/** Every process that belongs to the stack of this home and runs now. */
export function runningProcesses(home: string): ProcessIdentity[] {
  const supervisor = findSupervisor(home);
  return [...Object.values(readChildren(home)).filter(isAlive), ...(supervisor === undefined ? [] : [supervisor])];
}

export async function pollUntil(isSo: () => boolean | Promise<boolean>, timeoutMs: number): Promise<number> {
  const startedMs = Date.now();
  while (!(await isSo())) {
    if (Date.now() - startedMs > timeoutMs) throw new Error(`not so after ${timeoutMs} ms`);
    await pause(50);
  }
  return Date.now() - startedMs;
}

export async function withRedis<T>({ REDIS_URL }: Endpoints, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(REDIS_URL, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

export function answersRedis(endpoints: Endpoints): Promise<boolean> {
  return withRedis(endpoints, async (redis) => (await redis.ping()) === 'PONG').catch(() => false);
}

export async function startClient(home: string): Promise<{ client: ChildProcess; endpoints: Endpoints }> {
  const script = join(import.meta.dirname, 'hold-stack.ts');
  const args = ['--import', 'tsx', script, home];
  const client = spawn(process.execPath, args, { cwd: packageRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: client.stdout });
  const first: unknown[] = await once(lines, 'line');
  return { client, endpoints: EndpointsShape.parse(JSON.parse(String(first[0]))) };
}

export async function killClient(client: ChildProcess): Promise<void> {
  if (client.exitCode !== null || client.signalCode !== null) return;
  const ended = once(client, 'exit');
  client.kill('SIGKILL');
  await ended;
}
