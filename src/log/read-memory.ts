import type { RedisCall } from './redis/call-redis.ts';
import { asText } from './redis/redis-reply.ts';

/** What Redis takes of what it may take; where it has no limit of its own, of what its machine has. */
export type RedisMemory = { usedBytes: number; maxBytes: number };

export async function readMemory({ call }: { call: RedisCall }): Promise<RedisMemory> {
  const text = asText(await call('INFO', ['memory']));
  const limit = numberIn(text, 'maxmemory');
  return {
    usedBytes: numberIn(text, 'used_memory'),
    maxBytes: limit > 0 ? limit : numberIn(text, 'total_system_memory'),
  };
}

function numberIn(text: string, field: string): number {
  const found = new RegExp(`^${field}:(\\d+)`, 'm').exec(text)?.[1];
  if (found === undefined) throw new TypeError(`Redis did not say its ${field}`);
  return Number(found);
}
