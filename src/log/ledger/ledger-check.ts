import { z } from 'zod';
import type { LogKeys } from '../log-keys.ts';
import type { RedisCall } from '../redis/call-redis.ts';
import { asText } from '../redis/redis-reply.ts';

const check = z.object({
  checkedAtMs: z.number(),
  /** Minutes that were out of balance at the last look, and at how many looks so far. */
  unbalanced: z.array(z.object({ minuteMs: z.number(), looks: z.number() })),
  /** Up to where older minutes have been looked at again, round after round. */
  sweptToMs: z.number(),
});

/** What the last look over the books found; it is kept here so that every process can tell it. */
export type LedgerCheck = z.output<typeof check>;

type Deps = { call: RedisCall; keys: LogKeys };

export async function readLedgerCheck({ call, keys }: Deps): Promise<LedgerCheck | null> {
  const reply = await call('GET', [keys.ledgerCheck]);
  return reply === null ? null : check.parse(JSON.parse(asText(reply)));
}

export async function publishLedgerCheck({ call, keys }: Deps, found: LedgerCheck): Promise<void> {
  await call('SET', [keys.ledgerCheck, JSON.stringify(found)]);
}
