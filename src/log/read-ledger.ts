import { readMinutes } from './ledger/kept-minutes.ts';
import type { LedgerMinute } from './ledger/ledger-minute.ts';
import type { LogKeys } from './log-keys.ts';
import type { RedisCall } from './redis/call-redis.ts';
import { asList, asNumber } from './redis/redis-reply.ts';

type Deps = { call: RedisCall; keys: LogKeys };

type Range = { fromMs: number; toMs: number };

/** Where it is not whole, what ClickHouse has of the same minute comes on top. */
export type HeldMinute = LedgerMinute & { isWhole: boolean };

/** The minutes from `fromMs` (included) to `toMs` (not included) in which anything was received, as far as they are here. */
export async function readLedger(deps: Deps, { fromMs, toMs }: Range): Promise<HeldMinute[]> {
  const minutes = asList(await deps.call('ZRANGEBYSCORE', [deps.keys.ledgerMinutes, fromMs, `(${toMs}`]));
  const kept = await readMinutes(deps, minutes.map(asNumber));
  return kept.map(({ minute, isWhole }) => ({ ...minute, isWhole }));
}

const minuteMs = 60_000;
const minutesAtOnce = 100;

/** The last accept number that is surely older than a moment: trimming by age goes no further. */
export async function readLastSeqBefore(deps: Deps, moment: number): Promise<number> {
  const args = [deps.keys.ledgerMinutes, moment - minuteMs, '-inf', 'LIMIT', 0, minutesAtOnce];
  const minutes = asList(await deps.call('ZREVRANGEBYSCORE', args)).map(asNumber);
  const kept = await readMinutes(deps, minutes);
  return kept.find(({ minute }) => minute.lastSeq > 0)?.minute.lastSeq ?? 0;
}
