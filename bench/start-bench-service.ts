import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../src/query/root.ts';
import { areStoresOwn } from './open-bench-stores.ts';

export type BenchService = { url: string; prefix: string; database: string; stop(): Promise<void> };

/**
 * The service as a user runs it. On stores that may hold somebody's data it is the door alone, which writes to nothing
 * but a log of its own; on stores of the benchmark's own it is everything, projectors and jobs in the same process, unless
 * the door is asked for.
 */
export async function startBenchService(roles = allowedRoles()): Promise<BenchService> {
  const name = randomUUID().replaceAll('-', '');
  const prefix = `{bench-${name}}`;
  const database = `bench_${name}`;
  const args = [
    '--max-semi-space-size=64',
    '--import',
    'tsx',
    join(packageRoot, 'src/main.ts'),
    'serve',
    '--roles',
    roles,
  ];
  const own = { REDIS_PREFIX: prefix, REDIS_JOBS_PREFIX: `{bench-jobs-${name}}`, PORT: '0', LOG_LEVEL: 'warn' };
  const env = { ...process.env, ...own, CLICKHOUSE_DATABASE: database };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  // Read on to the end, because a full pipe would hold the service up.
  const lines = createInterface({ input: child.stderr });
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the service ended before it listened')));
    lines.on('line', (line) => {
      const url = /answers at (\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve({ url, prefix, database, stop });
      else process.stderr.write(`${line}\n`);
    });
  });
}

function allowedRoles(): string {
  return areStoresOwn() ? 'api,project,jobs' : 'api';
}
