import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asList, asNumber, asRecord } from './redis/redis-reply.ts';

/** What the door counted in one minute; `lastSeq` is the highest accept number given in it. */
export type LedgerMinute = {
  minuteMs: number;
  received: number;
  accepted: number;
  duplicate: number;
  conflict: number;
  rejected: number;
  lastSeq: number;
};

type Deps = { call: RedisCall; keys: LogKeys };

type Range = { fromMs: number; toMs: number };

/** The minutes from `fromMs` (included) to `toMs` (not included) in which anything was received. */
export async function readLedger(deps: Deps, { fromMs, toMs }: Range): Promise<LedgerMinute[]> {
  const minutes = asList(await deps.call('ZRANGEBYSCORE', [deps.keys.ledgerMinutes, fromMs, `(${toMs}`]));
  return Promise.all(minutes.map((minute) => readMinute(deps, asNumber(minute))));
}

/** The last accept number that is surely older than a moment: trimming by age goes no further. */
export async function readLastSeqBefore(deps: Deps, moment: number): Promise<number> {
  const minuteMs = 60_000;
  const args = [deps.keys.ledgerMinutes, moment - minuteMs, '-inf', 'LIMIT', 0, 100];
  for (const minute of asList(await deps.call('ZREVRANGEBYSCORE', args))) {
    const { lastSeq } = await readMinute(deps, asNumber(minute));
    if (lastSeq > 0) return lastSeq;
  }
  return 0;
}

async function readMinute({ call, keys }: Deps, minuteMs: number): Promise<LedgerMinute> {
  const counts = asRecord(await call('HGETALL', [keys.ledger(minuteMs)]));
  return {
    minuteMs,
    received: Number(counts['received'] ?? 0),
    accepted: Number(counts['accepted'] ?? 0),
    duplicate: Number(counts['duplicate'] ?? 0),
    conflict: Number(counts['conflict'] ?? 0),
    rejected: Number(counts['rejected'] ?? 0),
    lastSeq: Number(counts['lastSeq'] ?? 0),
  };
}
