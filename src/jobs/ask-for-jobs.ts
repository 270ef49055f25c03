import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Logger } from '../observe/create-logger.ts';
import { type JobKind, jobId } from './define-job.ts';
import { inTime } from './in-time.ts';
import { JobsUnavailable } from './jobs-unavailable.ts';

/** `onceInMs`: of all who ask within this time, in any process, only the first gets the job done. */
export type EnqueueOptions = { delayMs?: number; onceInMs?: number };

export type JobAsker = {
  enqueueMany<P>(kind: JobKind<P>, payloads: readonly P[], options?: EnqueueOptions): Promise<void>;
  close(): Promise<void>;
};

type Deps = { asking: Redis; prefix: string; logger: Logger };

const answerTimeoutMs = 5000;
// Redis does nothing else while it takes a bundle, and the door's log lives in the same Redis.
const jobsPerBundle = 200;
const eventsKept = 1000;

export function openJobAsker({ asking, prefix, logger }: Deps): JobAsker {
  const queues = new Map<string, Queue>();

  function queueOf(name: string): Queue {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, { prefix, connection: asking, streams: { events: { maxLen: eventsKept } } });
    queue.on('error', (err) => logger.debug({ err, queue: name }, 'job queue'));
    queues.set(name, queue);
    return queue;
  }

  return {
    enqueueMany: async (kind, payloads, options = {}) => {
      if (payloads.length === 0) return;
      await answered(waitUntilReady(asking));
      const queue = queueOf(kind.name);
      for (let at = 0; at < payloads.length; at += jobsPerBundle) {
        const bundle = payloads.slice(at, at + jobsPerBundle);
        await answered(queue.addBulk(bundle.map((payload) => toBulkJob(kind, payload, options))));
      }
    },
    close: async () => {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}

function toBulkJob<P>(kind: JobKind<P>, payload: P, { delayMs = 0, onceInMs }: EnqueueOptions) {
  const id = jobId(kind, payload);
  return {
    name: kind.name,
    data: payload,
    opts: {
      jobId: id,
      delay: delayMs,
      attempts: kind.retry.attempts,
      backoff: { type: 'exponential', delay: kind.retry.firstDelayMs },
      // A finished job is forgotten, else its id would keep the next one of that id out.
      removeOnComplete: true,
      removeOnFail: true,
      ...(onceInMs === undefined ? {} : { deduplication: { id, ttl: onceInMs } }),
    },
  };
}

/** A connection that is only just being made is waited for; one that was lost is not. */
async function waitUntilReady(redis: Redis): Promise<void> {
  while (redis.status === 'connecting' || redis.status === 'connect') await pause(10);
  if (redis.status !== 'ready') throw new JobsUnavailable('the job queues cannot reach Redis');
}

/** A frozen Redis neither answers nor hangs up. */
async function answered(answer: Promise<unknown>): Promise<void> {
  if ((await inTime(answerTimeoutMs, answer)) === 'late') throw new JobsUnavailable('Redis did not answer in time');
}
