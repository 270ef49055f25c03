import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { addMinutes, type LedgerMinute } from '../log/ledger/ledger-minute.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';

export const findMinutesStatement = statement('clickhouse/ledger/find-minutes.sql', {
  params: z.object({ fromMs: z.number(), toMs: z.number() }),
  row: z.object({
    minuteMs: z.number(),
    received: z.number(),
    accepted: z.number(),
    duplicate: z.number(),
    conflict: z.number(),
    rejected: z.number(),
    firstSeq: z.number(),
    lastSeq: z.number(),
    gaps: z.string(),
  }),
});

export type MinuteRange = { fromMs: number; toMs: number };

type Deps = { log: Pick<Log, 'readLedger'>; facts: Pick<Facts, 'select'> };

/**
 * What the door counted: recent minutes from the log, older ones from their copy. The log is asked first, because a minute
 * leaves it only after it has been copied.
 */
export async function findDoorCounts({ log, facts }: Deps, range: MinuteRange): Promise<LedgerMinute[]> {
  const held = await log.readLedger(range);
  const minutes = await findCopies({ facts }, range);
  for (const { isWhole, ...minute } of held) {
    const copy = minutes.get(minute.minuteMs);
    minutes.set(minute.minuteMs, isWhole || copy === undefined ? minute : addMinutes(copy, minute));
  }
  return [...minutes.values()].sort((left, right) => left.minuteMs - right.minuteMs);
}

export async function findCopies(
  { facts }: Pick<Deps, 'facts'>,
  { fromMs, toMs }: MinuteRange,
): Promise<Map<number, LedgerMinute>> {
  const copies = await facts.select(findMinutesStatement, { fromMs, toMs });
  return new Map(copies.map((copy) => [copy.minuteMs, copy]));
}
