import { Redis } from 'ioredis';
import type { Logger } from '../observe/create-logger.ts';

export type JobsConnections = {
  /** For whoever asks for a job: hears at once that Redis is away, and may try later. */
  asking: Redis;
  /** For whoever works jobs off: waits for Redis as long as it takes. */
  working: Redis;
  close(): void;
};

// The longest wait between two tries: work has to go on soon after Redis is back, however long it was away.
const reconnectMaxMs = 1000;
const connectTimeoutMs = 2000;
// The driver's timer for a socket that does not close keeps the process up for as long as it runs.
const disconnectTimeoutMs = 200;

export function connectJobs(url: string, logger: Logger): JobsConnections {
  const asking = connect(url, 'asking', { enableOfflineQueue: false, maxRetriesPerRequest: 1 });
  const working = connect(url, 'working', { enableOfflineQueue: true, maxRetriesPerRequest: null });
  for (const [name, redis] of Object.entries({ asking, working })) reportOutages(redis, logger, name);
  return {
    asking,
    working,
    close: () => {
      asking.disconnect();
      working.disconnect();
    },
  };
}

type Patience = { enableOfflineQueue: boolean; maxRetriesPerRequest: number | null };

function connect(url: string, name: string, patience: Patience): Redis {
  return new Redis(url, {
    ...patience,
    connectionName: `sharetrail-jobs-${name}`,
    protocol: 2,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: disconnectTimeoutMs,
    retryStrategy: (attempt) => Math.min(50 * attempt, reconnectMaxMs),
  });
}

/** One line when Redis goes and one when it is back, not one for every try in between. */
function reportOutages(redis: Redis, logger: Logger, connection: string): void {
  let isAway = false;
  redis.on('error', (err: Error) => {
    if (!isAway) logger.warn({ err, connection }, 'the job queues cannot reach Redis');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) logger.info({ connection }, 'the job queues reach Redis again');
    isAway = false;
  });
}
