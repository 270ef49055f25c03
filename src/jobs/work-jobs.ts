import { UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from '../observe/create-logger.ts';
import type { Job } from './define-job.ts';
import { inTime } from './in-time.ts';

export type JobWorker = { close(): Promise<void> };

type Deps = { working: Redis; prefix: string; logger: Logger };
type Work = { name: string; run: (data: unknown) => Promise<void>; concurrency: number };

// A worker that was killed is missed when its lock has run out and two looks found it so: within 20 s.
const lockDurationMs = 10_000;
const stalledIntervalMs = 5000;
// BullMQ's own pause after a lost connection is 15 s, which is longer than work may stand still.
const retryAfterMs = 500;
const finishTimeoutMs = 4000;
const closeTimeoutMs = 2000;

/** What a worker does with whatever a queue holds: a payload that does not parse is never tried again. */
export function bindJob<D, P>(job: Job<D, P>, deps: D): Work['run'] {
  return async (data) => {
    const payload = job.payload.safeParse(data);
    if (!payload.success) throw new UnrecoverableError(payload.error.message);
    await job.handler(deps, payload.data);
  };
}

export function startWorker({ working, prefix, logger }: Deps, { name, run, concurrency }: Work): JobWorker {
  const running = new Set<Promise<void>>();
  const track = async ({ data }: { data: unknown }): Promise<void> => {
    const done = run(data);
    running.add(done);
    await done.finally(() => running.delete(done));
  };
  const worker = new LeavableWorker(name, track, {
    prefix,
    connection: working,
    concurrency,
    lockDuration: lockDurationMs,
    stalledInterval: stalledIntervalMs,
    runRetryDelay: retryAfterMs,
  });
  worker.on('error', (err) => logger.debug({ err, queue: name }, 'job worker'));
  worker.on('stalled', (jobId) => logger.info({ queue: name, jobId }, 'a job whose worker was lost starts again'));
  worker.on('failed', (job, err) => logger.warn({ err, queue: name, jobId: job?.id }, 'job failed'));
  return { close: () => closeWorker(worker, working, running) };
}

/** What runs may end; what does not end in time is left to the next worker, as after a crash. */
async function closeWorker(worker: LeavableWorker, working: Redis, running: ReadonlySet<Promise<void>>): Promise<void> {
  await worker.pause(true);
  await inTime(finishTimeoutMs, Promise.allSettled(running));
  const mustForce = running.size > 0 || working.status !== 'ready';
  if ((await inTime(closeTimeoutMs, worker.close(mustForce))) === 'late') await worker.leave();
}

/** Closing waits for a goodbye from Redis, for ever where Redis goes away in that moment. */
class LeavableWorker extends Worker {
  async leave(): Promise<void> {
    await this.lockManager.close();
    await this.backend.close(true);
  }
}
