import type { RedisConnection } from './connect-redis.ts';
import { LogUnavailable } from './log-unavailable.ts';

export type RedisArgument = string | number | Buffer;

/** One connection's calls, each answered or given up within the timeout. Strings come back as Buffers. */
export type RedisCall = (command: string, args: RedisArgument[], timeoutMs?: number) => Promise<unknown>;

// Redis answers these before a script or command has written anything.
const refusedUntouched = /^(OOM|MISCONF|LOADING|READONLY|BUSY|NOREPLICAS|MASTERDOWN|NOAUTH|NOPERM|CLUSTERDOWN)\b/;

/**
 * A call that Redis leaves unanswered is given up, as one that may have been carried out. Until Redis speaks again,
 * later calls are refused unsent: a frozen Redis then costs one lost answer a connection, not one a request.
 */
export function callerOf(redis: RedisConnection, defaultTimeoutMs: number): RedisCall {
  const silence = { lasts: false };
  return async (command, args, timeoutMs = defaultTimeoutMs) => {
    if (redis.status !== 'ready') throw new LogUnavailable('Redis is not connected.', false);
    if (silence.lasts) throw new LogUnavailable('Redis does not answer.', false);
    const reply = redis.callBuffer(command, args).finally(() => {
      silence.lasts = false;
    });
    return withTimeout(reply, timeoutMs, () => {
      silence.lasts = true;
    });
  };
}

async function withTimeout(reply: Promise<unknown>, timeoutMs: number, onSilence: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      onSilence();
      reject(new LogUnavailable(`Redis did not answer within ${timeoutMs} ms.`, true));
    };
    let waiting: NodeJS.Immediate | undefined;
    // After a pause of this process an answer may lie unread on the socket: it is read before the wait is given up.
    const timer = setTimeout(() => {
      waiting = setImmediate(giveUp);
    }, timeoutMs);
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      if (waiting !== undefined) clearImmediate(waiting);
      act();
    };
    reply.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(faultOf(error))),
    );
  });
}

// ioredis hangs the whole command on its errors, events included; none of that may reach a log line.
function faultOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (refusedUntouched.test(error.message))
    return new LogUnavailable(error.message, false, error.message.startsWith('OOM'));
  if (error.name === 'ReplyError') return new Error(error.message);
  const unsent = error.message.startsWith("Stream isn't writeable");
  return new LogUnavailable('The connection to Redis was lost.', !unsent);
}
