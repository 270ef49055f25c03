import { type ClientRateLimitInfo, MemoryStore, type Options, type Store } from 'express-rate-limit';
import { RedisStore } from 'rate-limit-redis';

export type SendCommand = (command: string, ...args: string[]) => Promise<RawReply>;
type RawReply = string | number | RawReply[];

export type CounterOptions = {
  sendCommand: SendCommand;
  prefix: string;
  /** How many processes share the limit: without the shared counter each of them allows its part. */
  processes: number;
  onTurn: (isShared: boolean) => void;
};

// The library's type knows lists of one level only, which is all that its scripts answer.
type FlatReply = string | number | Array<string | number>;

/**
 * Counts in Redis, for all processes together. While that does not answer, this process counts for itself, and each
 * request counts as often as there are processes: nobody is locked out, and all of them together stay at the limit.
 */
export function countRequests({ sendCommand, prefix, processes, onTurn }: CounterOptions): Store {
  const shared = new RedisStore({ sendCommand: async (...command) => flat(await send(sendCommand, command)), prefix });
  const own = new MemoryStore();
  const state: { options?: Options; isPrepared: boolean; isShared: boolean } = { isPrepared: false, isShared: true };

  function turn(isShared: boolean): void {
    if (state.isShared !== isShared) onTurn(isShared);
    state.isShared = isShared;
  }

  // The library asks Redis for its scripts once; where that failed it would hold on to the failure for good.
  async function prepare(options: Options): Promise<void> {
    if (state.isPrepared) return;
    await shared.init(options);
    state.isPrepared = true;
  }

  return {
    prefix,
    localKeys: false,
    init: (options) => {
      state.options = options;
      own.init(options);
    },
    increment: async (key): Promise<ClientRateLimitInfo> => {
      try {
        if (state.options === undefined) throw new Error('the counter was not prepared');
        await prepare(state.options);
        const counted = await shared.increment(key);
        turn(true);
        return counted;
      } catch {
        turn(false);
        const { totalHits, resetTime } = await own.increment(key);
        return { totalHits: totalHits * processes, resetTime };
      }
    },
    decrement: (key) => shared.decrement(key),
    resetKey: (key) => shared.resetKey(key),
    shutdown: () => own.shutdown(),
  };
}

function send(sendCommand: SendCommand, [command = '', ...args]: string[]): Promise<RawReply> {
  return sendCommand(command, ...args);
}

function flat(reply: RawReply): FlatReply {
  return Array.isArray(reply) ? reply.map((part) => (Array.isArray(part) ? '' : part)) : reply;
}
