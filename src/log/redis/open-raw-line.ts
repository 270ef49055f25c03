import { callerOf } from './call-redis.ts';
import { connectRedis } from './connect-redis.ts';

type RawReply = string | number | RawReply[];

/** A line of its own for someone who speaks Redis' commands as texts, such as the counters of a rate limit. */
export type RawLine = { send(command: string, ...args: string[]): Promise<RawReply>; close(): void };

type Options = { url: string; name: string; answerTimeoutMs: number; onError?: (error: Error) => void };

export async function openRawLine({ answerTimeoutMs, ...connection }: Options): Promise<RawLine> {
  const redis = await connectRedis(connection);
  const call = callerOf(redis, answerTimeoutMs);
  return {
    send: async (command, ...args) => asRaw(await call(command, args)),
    close: () => redis.disconnect(),
  };
}

function asRaw(reply: unknown): RawReply {
  if (Array.isArray(reply)) return reply.map(asRaw);
  if (typeof reply === 'number' || typeof reply === 'string') return reply;
  return Buffer.isBuffer(reply) ? reply.toString() : '';
}
