import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Jobs, openJobs } from '../../src/jobs/open-jobs.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { packageRoot } from '../../src/query/root.ts';
import { keepFigures } from '../figures/keep-figures.ts';
import { startRedis, type TestRedis } from '../log/start-redis.ts';
import { noteJob } from './note-job.ts';
import { until } from './poll.ts';

const logger = createLogger({ level: 'silent' });
const prefix = '{jobs}';
const aLongTimeMs = 60_000;
let redis: TestRedis;
let jobs: Jobs;
let done: string[];

beforeEach(async () => {
  redis = await startRedis();
  jobs = openJobs({ redisUrl: redis.url, prefix, logger });
  done = [];
});
afterEach(async () => {
  await jobs.close();
  await redis.stop();
});

function work(): void {
  jobs.work(noteJob, { handle: async (key) => void done.push(key) }, { concurrency: 2 });
}

function spawnWorker(): ChildProcess {
  const entry = join(packageRoot, 'test', 'jobs', 'hold-job.ts');
  return spawn(process.execPath, ['--import', 'tsx', entry, redis.url, prefix], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('jobs when something fails', () => {
  test('workers go on within 5 s after Redis was killed and is back, and asking fails at once in between', async () => {
    work();
    await jobs.enqueue(noteJob, { key: 'before' });
    await until(() => done.includes('before'));
    await redis.kill('SIGKILL');
    await pause(200);
    const askedAt = Date.now();
    await expect(jobs.enqueue(noteJob, { key: 'lost' })).rejects.toThrow('Redis');
    expect(Date.now() - askedAt).toBeLessThan(1000);
    await pause(4000);
    await redis.restart();
    const backAt = Date.now();
    await until(async () => {
      await jobs.enqueue(noteJob, { key: 'after' }).catch(() => undefined);
      return done.includes('after');
    });
    expect(Date.now() - backAt).toBeLessThan(5000);
  }, 60_000);

  test('a job that waited through the outage is done within 5 s of its end', async () => {
    await jobs.enqueue(noteJob, { key: 'waiting' }, { delayMs: 1000 });
    work();
    await redis.kill('SIGKILL');
    await pause(2000);
    await redis.restart();
    expect(await until(() => done.includes('waiting'))).toBeLessThan(5000);
  }, 60_000);

  test('a job that ended while Redis was away does not stop the worker', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handle = async (key: string): Promise<void> => {
      if (key === 'held') await held;
      done.push(key);
    };
    jobs.work(noteJob, { handle }, { concurrency: 1 });
    await jobs.enqueue(noteJob, { key: 'held' });
    await pause(300);
    await redis.kill('SIGKILL');
    release();
    await until(() => done.includes('held'));
    await pause(1500);
    await redis.restart();
    await until(async () => {
      await jobs.enqueue(noteJob, { key: 'next' }).catch(() => undefined);
      return done.includes('next');
    }, 5000);
  }, 60_000);

  test('a Redis that was frozen is worked with again within 5 s of its thaw', async () => {
    work();
    await jobs.enqueue(noteJob, { key: 'before' });
    await until(() => done.includes('before'));
    await redis.kill('SIGSTOP');
    await pause(7000);
    await redis.kill('SIGCONT');
    await jobs.enqueue(noteJob, { key: 'after' });
    expect(await until(() => done.includes('after'))).toBeLessThan(5000);
  }, 60_000);

  test('a job of a killed worker starts again within 25 s', async () => {
    const worker = spawnWorker();
    if (worker.stdout === null) throw new Error('the worker has no output');
    await jobs.enqueue(noteJob, { key: 'held' });
    await once(worker.stdout, 'data');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    work();
    const againMs = await until(() => done.includes('held'), 30_000);
    expect(againMs).toBeLessThan(25_000);
    keepFigures('jobAgain', { ms: Math.round(againMs) });
  }, 60_000);

  test('closing ends within seconds with a job that never ends, and with Redis away', async () => {
    jobs.work(noteJob, { handle: () => pause(aLongTimeMs, undefined, { ref: false }) }, { concurrency: 1 });
    await jobs.enqueue(noteJob, { key: 'endless' });
    await pause(300);
    const startedAt = Date.now();
    await jobs.close();
    expect(Date.now() - startedAt).toBeLessThan(7000);
    jobs = openJobs({ redisUrl: redis.url, prefix, logger });
    work();
    await jobs.enqueue(noteJob, { key: 'one' });
    await redis.kill('SIGKILL');
    const closingAt = Date.now();
    await jobs.close();
    expect(Date.now() - closingAt).toBeLessThan(7000);
  }, 60_000);

  test('a queue whose Redis never was there can be closed', async () => {
    await redis.kill('SIGKILL');
    const orphan = openJobs({ redisUrl: redis.url, prefix: '{never}', logger });
    orphan.work(noteJob, { handle: async () => undefined }, { concurrency: 1 });
    orphan.every(noteJob, { key: 'tick' }, 100);
    await pause(300);
    const closingAt = Date.now();
    await orphan.close();
    expect(Date.now() - closingAt).toBeLessThan(7000);
  }, 60_000);
});
