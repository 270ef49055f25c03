import { Redis } from 'ioredis';
import { keepStringsFast } from './keep-strings-fast.ts';

export type RedisConnection = Redis;

type Options = { url: string; name: string; silentForMs?: number; onError?: (error: Error) => void };

const reconnectMaxMs = 1000;
// Longer than any call may take: what has been silent for so long is no line any more.
const usualSilenceMs = 12_000;

/**
 * A connection that never queues and never sends a command again by itself: whether a command that lost its answer
 * was carried out is for the caller to say. The first connect is awaited but may fail; reconnecting goes on behind.
 */
export async function connectRedis({
  url,
  name,
  silentForMs = usualSilenceMs,
  onError,
}: Options): Promise<RedisConnection> {
  keepStringsFast();
  const redis = new Redis(url, {
    lazyConnect: true,
    connectionName: name,
    protocol: 2,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    // A line whose other end vanished without a word is closed and made anew; otherwise it would be waited on for ever.
    socketTimeout: silentForMs,
    // A line that is already dead would keep the process alive for this long after close().
    disconnectTimeout: 200,
    retryStrategy: (attempt) => Math.min(50 * attempt, reconnectMaxMs),
  });
  redis.on('error', (error: Error) => onError?.(error));
  await redis.connect().catch(() => undefined);
  return redis;
}

export function isConnected(redis: RedisConnection): boolean {
  return redis.status === 'ready';
}
