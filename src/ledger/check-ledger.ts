import { z } from 'zod';
import type { LedgerCheck } from '../log/ledger/ledger-check.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';
import type { MinuteReport } from './compose-minutes.ts';
import type { LedgerDeps } from './find-counts.ts';
import type { MinuteRange } from './find-door-counts.ts';
import { type Looking, readMinutes } from './read-ledger.ts';

export const findOldestMinuteStatement = statement('clickhouse/ledger/find-oldest-minute.sql', {
  params: z.object({}),
  row: z.object({ minuteMs: z.number() }),
});

export type CheckDeps = LedgerDeps & {
  log: Pick<Log, 'publishLedgerCheck' | 'readLedgerCheck'>;
  now: () => number;
  /** Told once of minutes that are out of balance at two looks, the first of them with all their numbers. */
  onUnbalanced: (found: { minutes: number; first: MinuteReport[] }) => void;
};

export type CheckLimits = Looking & {
  /** Minutes before now that every look goes through, and how many of the older ones it goes through in turn. */
  recentMinutes: number;
  sweepMinutes: number;
  /** Minutes that were wrong before and lie elsewhere are looked at one by one: so many at most. */
  lookAgainAt: number;
  shownMinutes: number;
};

const minuteMs = 60_000;

/**
 * Is everything that ended balanced? Looks at the minutes of late, at some older ones in turn, and again at those that were
 * not. What was found is kept with the log, so that the next look, wherever it is done, can tell what stays wrong.
 */
export async function checkLedger(deps: CheckDeps, limits: CheckLimits): Promise<LedgerCheck> {
  const before = await deps.log.readLedgerCheck();
  const endMs = Math.floor(deps.now() / minuteMs) * minuteMs;
  const recent = { fromMs: endMs - limits.recentMinutes * minuteMs, toMs: endMs };
  const older = await nextSweep(deps, before?.sweptToMs ?? 0, recent.fromMs, limits.sweepMinutes);
  const again = (before?.unbalanced ?? [])
    .map((minute) => minute.minuteMs)
    .filter((ms) => !isIn(recent, ms) && !isIn(older, ms))
    .map((ms) => ({ fromMs: ms, toMs: ms + minuteMs }));
  const found: MinuteReport[] = [];
  for (const range of [recent, older, ...again.slice(0, limits.lookAgainAt)]) {
    found.push(...(await findUnbalanced(deps, range, limits)));
  }
  const looks = new Map(before?.unbalanced.map((minute) => [minute.minuteMs, minute.looks]));
  const unbalanced = found.map((minute) => ({
    minuteMs: minute.minuteMs,
    looks: (looks.get(minute.minuteMs) ?? 0) + 1,
  }));
  const check = { checkedAtMs: deps.now(), unbalanced, sweptToMs: older.toMs };
  await deps.log.publishLedgerCheck(check);
  report(deps, limits, found, unbalanced);
  return check;
}

async function findUnbalanced(deps: CheckDeps, range: MinuteRange, limits: CheckLimits): Promise<MinuteReport[]> {
  if (range.fromMs >= range.toMs) return [];
  const minutes = await readMinutes(deps, { ...range, withWaiting: false }, limits);
  return minutes.filter(({ balanced }) => !balanced);
}

/** Goes on where the look before ended; at the end of what is older it begins again with the oldest minute. */
async function nextSweep(deps: CheckDeps, sweptToMs: number, endMs: number, minutes: number): Promise<MinuteRange> {
  const fromMs = sweptToMs > 0 && sweptToMs < endMs ? sweptToMs : await oldestMinute(deps);
  if (fromMs === 0 || fromMs >= endMs) return { fromMs: endMs, toMs: endMs };
  return { fromMs, toMs: Math.min(endMs, fromMs + minutes * minuteMs) };
}

async function oldestMinute({ facts }: CheckDeps): Promise<number> {
  const [oldest] = await facts.select(findOldestMinuteStatement, {});
  return oldest?.minuteMs ?? 0;
}

function isIn({ fromMs, toMs }: MinuteRange, ms: number): boolean {
  return ms >= fromMs && ms < toMs;
}

const looksUntilTold = 2;

function report(
  deps: CheckDeps,
  { shownMinutes }: CheckLimits,
  found: readonly MinuteReport[],
  unbalanced: LedgerCheck['unbalanced'],
): void {
  const told = new Set(unbalanced.filter(({ looks }) => looks === looksUntilTold).map((minute) => minute.minuteMs));
  const first = found.filter((minute) => told.has(minute.minuteMs)).slice(0, shownMinutes);
  if (told.size > 0) deps.onUnbalanced({ minutes: told.size, first });
}
