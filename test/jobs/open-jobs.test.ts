import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { jobId } from '../../src/jobs/define-job.ts';
import { type Jobs, openJobs } from '../../src/jobs/open-jobs.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { noteJob } from './note-job.ts';
import { until } from './poll.ts';

const logger = createLogger({ level: 'silent' });
let prefix = '';
let opened: Jobs[] = [];

function open(): Jobs {
  const jobs = openJobs({ redisUrl: testEnvironment('REDIS_URL'), prefix, logger });
  opened.push(jobs);
  return jobs;
}

beforeEach(() => {
  prefix = `{jobs-${randomUUID()}}`;
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((jobs) => jobs.close()));
});

describe('jobs', () => {
  test('each is done once, whatever its id looks like', async () => {
    const jobs = open();
    const keys = ['a:b:c', '42', '007', '', ' ', '0:1', 'ключ', '%3A', ':', '🙂', 'x'.repeat(256)];
    const done: string[] = [];
    jobs.work(noteJob, { handle: async (key) => void done.push(key) }, { concurrency: 3 });
    await jobs.enqueueMany(
      noteJob,
      keys.map((key) => ({ key })),
    );
    await until(() => done.length >= keys.length);
    await pause(100);
    expect(done.toSorted()).toEqual(keys.toSorted());
  });

  test('two ids never become one, and none is one that BullMQ refuses', () => {
    const key = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(key, key, (one, other) => {
        const id = jobId(noteJob, { key: one });
        expect(id).not.toContain(':');
        expect(id).not.toMatch(/^-?\d+$/);
        expect(id === jobId(noteJob, { key: other })).toBe(one === other);
      }),
    );
  });

  test('a storm of asking for one piece of work is one job in its time, then the next', async () => {
    const jobs = open();
    const other = open();
    const startedAtMs: number[] = [];
    const askedAtMs = Date.now();
    jobs.work(noteJob, { handle: async () => void startedAtMs.push(Date.now()) }, { concurrency: 5 });
    while (Date.now() - askedAtMs < 1500) {
      const asking = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? jobs : other).enqueue(noteJob, { key: 'busy' }, { delayMs: 500 }),
      );
      await Promise.all(asking);
    }
    await until(() => startedAtMs.length >= 3);
    await pause(700);
    expect(startedAtMs.length).toBeLessThanOrEqual(4);
    const gaps = startedAtMs.slice(1).map((at, index) => at - (startedAtMs[index] ?? 0));
    expect((startedAtMs[0] ?? 0) - askedAtMs).toBeGreaterThanOrEqual(495);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(495);
  });

  test('a repeated job comes once in its time, however many processes ask for it', async () => {
    const ran: number[] = [];
    for (const jobs of [open(), open(), open()]) {
      jobs.work(noteJob, { handle: async () => void ran.push(Date.now()) }, { concurrency: 1 });
      jobs.every(noteJob, { key: 'tick' }, 400);
    }
    await until(() => ran.length >= 4);
    const gaps = ran.slice(1).map((at, index) => at - (ran[index] ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(340);
    for (const gap of gaps) expect(gap).toBeLessThan(1200);
  });

  test('a failure is tried again, and no job leaves anything behind', async () => {
    const jobs = open();
    const tries: string[] = [];
    const handle = async (key: string): Promise<void> => {
      tries.push(key);
      if (key === 'bad' || (key === 'shaky' && tries.filter((tried) => tried === key).length < 2)) throw new Error(key);
    };
    jobs.work(noteJob, { handle }, { concurrency: 2 });
    await jobs.enqueueMany(noteJob, [{ key: 'bad' }, { key: 'shaky' }, { key: 'good' }]);
    await until(() => tries.length >= 6);
    expect(tries.toSorted()).toEqual(['bad', 'bad', 'bad', 'good', 'shaky', 'shaky']);
    await until(async () => (await leftBehind()).length === 0);
  });

  test('what does not parse is given up at once', async () => {
    const jobs = open();
    const seen: string[] = [];
    jobs.work(noteJob, { handle: async (key) => void seen.push(key) }, { concurrency: 1 });
    const wrong: { key: string } = JSON.parse('{"key": 7}');
    await jobs.enqueueMany({ ...noteJob, id: () => 'wrong' }, [wrong]);
    await jobs.enqueue(noteJob, { key: 'after' });
    await until(() => seen.includes('after'));
    await until(async () => (await leftBehind()).length === 0);
    expect(seen).toEqual(['after']);
  });

  test('no more run at once than were allowed', async () => {
    const jobs = open();
    let running = 0;
    let most = 0;
    let done = 0;
    const handle = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await pause(20);
      running -= 1;
      done += 1;
    };
    jobs.work(noteJob, { handle }, { concurrency: 4 });
    await jobs.enqueueMany(
      noteJob,
      Array.from({ length: 60 }, (_, index) => ({ key: `k${index}` })),
    );
    await until(() => done === 60);
    expect(most).toBe(4);
  });

  test('closing lets what runs end, and takes no new job', async () => {
    const jobs = open();
    const done: string[] = [];
    const handle = async (key: string): Promise<void> => {
      await pause(300);
      done.push(key);
    };
    jobs.work(noteJob, { handle }, { concurrency: 1 });
    await jobs.enqueueMany(noteJob, [{ key: 'runs' }, { key: 'waits' }]);
    await pause(150);
    await jobs.close();
    expect(done).toEqual(['runs']);
    opened = [];
    const next = open();
    next.work(noteJob, { handle }, { concurrency: 1 });
    await until(() => done.length === 2);
    expect(done).toEqual(['runs', 'waits']);
  });
});

/** Job hashes of this test's queues; what is left is the queue's own bookkeeping. */
async function leftBehind(): Promise<string[]> {
  const redis = new Redis(testEnvironment('REDIS_URL'), { protocol: 2 });
  try {
    const keys = await redis.keys(`${prefix.replaceAll('{', '\\{').replaceAll('}', '\\}')}:note:id-*`);
    return keys.toSorted();
  } finally {
    redis.disconnect();
  }
}
