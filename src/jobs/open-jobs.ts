import type { Logger } from '../observe/create-logger.ts';
import { type EnqueueOptions, openJobAsker } from './ask-for-jobs.ts';
import { connectJobs } from './connect-jobs.ts';
import type { Job, JobKind } from './define-job.ts';
import { bindJob, type JobWorker, startWorker } from './work-jobs.ts';

export type WorkOptions = { concurrency: number };

/** Jobs are hints: losing one loses nothing, because a sweeper finds the work in stored state. */
export type Jobs = {
  enqueue<P>(kind: JobKind<P>, payload: P, options?: EnqueueOptions): Promise<void>;
  enqueueMany<P>(kind: JobKind<P>, payloads: readonly P[], options?: EnqueueOptions): Promise<void>;
  /** Asks for the same job again and again; many processes that do so make it no more frequent. */
  every<P>(kind: JobKind<P>, payload: P, everyMs: number): void;
  work<D, P>(job: Job<D, P>, deps: D, options: WorkOptions): void;
  close(): Promise<void>;
};

/** The prefix has braces, so that all keys of a queue are in one slot of a cluster. */
export type JobsOptions = { redisUrl: string; prefix: string; logger: Logger };

// A timer that comes a little early must not find the door still closed by the tick before.
const shareOfPeriod = 0.9;

export function openJobs({ redisUrl, prefix, logger }: JobsOptions): Jobs {
  const connections = connectJobs(redisUrl, logger);
  const { asking, working } = connections;
  const asker = openJobAsker({ asking, prefix, logger });
  const workers: JobWorker[] = [];
  const timers: NodeJS.Timeout[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(workers.map((worker) => worker.close()));
    await asker.close();
    connections.close();
  }

  return {
    enqueueMany: asker.enqueueMany,
    enqueue: (kind, payload, options) => asker.enqueueMany(kind, [payload], options),
    // A timer in each process and not a schedule in Redis: a schedule could be lost with the jobs it has to replace.
    every: (kind, payload, everyMs) => {
      const ask = () => {
        const options = { onceInMs: Math.floor(everyMs * shareOfPeriod) };
        asker.enqueueMany(kind, [payload], options).catch((err: unknown) => logger.debug({ err }, 'asked in vain'));
      };
      ask();
      timers.push(setInterval(ask, everyMs));
    },
    work: (job, deps, { concurrency }) => {
      const run = bindJob(job, deps);
      workers.push(startWorker({ working, prefix, logger }, { name: job.name, run, concurrency }));
    },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
