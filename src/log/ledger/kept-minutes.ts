import { z } from 'zod';
import type { LogKeys } from '../log-keys.ts';
import type { RedisCall } from '../redis/call-redis.ts';
import { asList, asNumber, asRecord } from '../redis/redis-reply.ts';
import { readScript, runScript } from '../redis/run-script.ts';
import { addMinutes, type LedgerMinute, minuteOf } from './ledger-minute.ts';

/** A minute of the ledger as the log has it. */
export type KeptMinute = {
  /** What is known of the minute here, its base included. */
  minute: LedgerMinute;
  /** Whether the base is known. Without it, what ClickHouse has of this minute comes on top. */
  isWhole: boolean;
  /** Received since the minute came here, and as much of it as has been copied; null: nothing. */
  received: number;
  copied: number | null;
  copiedAtMs: number;
};

/** What copying needs: ended minutes go to the facts, and once they are there, from here. */
export type KeptMinutes = {
  /** The oldest minutes that begin before a moment. */
  list(beforeMs: number, limit: number): Promise<KeptMinute[]>;
  /**
   * Keeps with a minute what ClickHouse has of it, before it is copied for the first time. A minute that had been dropped
   * and began anew, because a clock was set back, is then copied as the sum of both; copied twice, it stays that sum.
   */
  setBase(minuteMs: number, base: LedgerMinute | null): Promise<KeptMinute | null>;
  /** Notes that the minute has been copied as it was, unless more was counted since. */
  markCopied(kept: KeptMinute, nowMs: number): Promise<void>;
  drop(kept: KeptMinute): Promise<boolean>;
};

type Deps = { call: RedisCall; keys: LogKeys };

const baseScript = readScript('base-minute.lua');
const markScript = readScript('mark-minute.lua');
const nothingCopied = 'none';

const baseShape = z.object({
  minuteMs: z.number(),
  received: z.number(),
  accepted: z.number(),
  duplicate: z.number(),
  conflict: z.number(),
  rejected: z.number(),
  firstSeq: z.number(),
  lastSeq: z.number(),
  gaps: z.string(),
});

export function keptMinutesOf({ call, keys }: Deps): KeptMinutes {
  async function mark({ minute, received }: KeptMinute, copiedAtMs: number | ''): Promise<boolean> {
    const on = [keys.ledger(minute.minuteMs), keys.ledgerMinutes];
    return asNumber(await runScript(call, markScript, on, [minute.minuteMs, received, copiedAtMs])) === 1;
  }
  return {
    list: async (beforeMs, limit) => {
      const args = [keys.ledgerMinutes, '-inf', `(${beforeMs}`, 'LIMIT', 0, limit];
      const minutes = asList(await call('ZRANGEBYSCORE', args)).map(asNumber);
      return readMinutes({ call, keys }, minutes);
    },
    setBase: async (minuteMs, base) => {
      const text = base === null ? nothingCopied : JSON.stringify(base);
      const fields = asRecord(await runScript(call, baseScript, [keys.ledger(minuteMs)], [text]));
      return fields['received'] === undefined ? null : keptMinuteOf(minuteMs, fields);
    },
    markCopied: async (kept, nowMs) => void (await mark(kept, nowMs)),
    drop: (kept) => mark(kept, ''),
  };
}

/** Minutes that are not here (any more) are left out. */
export async function readMinutes({ call, keys }: Deps, minutes: readonly number[]): Promise<KeptMinute[]> {
  const kept = await Promise.all(
    minutes.map(async (minuteMs) => keptMinuteOf(minuteMs, asRecord(await call('HGETALL', [keys.ledger(minuteMs)])))),
  );
  return kept.filter(({ received }) => received > 0);
}

function keptMinuteOf(minuteMs: number, fields: Record<string, string>): KeptMinute {
  const own = minuteOf(minuteMs, fields);
  const { base, copied, copiedAtMs } = fields;
  const before = base === undefined || base === nothingCopied ? null : baseShape.parse(JSON.parse(base));
  return {
    minute: before === null ? own : addMinutes(before, own),
    isWhole: base !== undefined,
    received: own.received,
    copied: copied === undefined ? null : Number(copied),
    copiedAtMs: Number(copiedAtMs ?? 0),
  };
}
