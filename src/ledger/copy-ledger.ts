import { randomUUID } from 'node:crypto';
import type { Facts } from '../facts/facts.ts';
import type { KeptMinute } from '../log/ledger/kept-minutes.ts';
import type { LedgerMinute } from '../log/ledger/ledger-minute.ts';
import type { Log } from '../log/open-log.ts';
import { findCopies } from './find-door-counts.ts';

export type CopyDeps = {
  log: Pick<Log, 'keptMinutes'>;
  facts: Pick<Facts, 'select' | 'insert'>;
  now: () => number;
};

export type CopyLimits = {
  /** How long a minute has ended before it is copied, and how long it then stays in the log all the same. */
  copyAfterMs: number;
  keepCopiedMs: number;
  minutesAtOnce: number;
};

export type Copied = { copied: number; dropped: number };

const minuteMs = 60_000;

/**
 * Copies minutes of the ledger that ended long enough ago into the facts, and drops from the log those whose copy has been
 * there for a while. Whatever is left half done is found again the next time.
 */
export async function copyLedger(deps: CopyDeps, limits: CopyLimits): Promise<Copied> {
  const nowMs = deps.now();
  const kept = await deps.log.keptMinutes.list(nowMs - limits.copyAfterMs - minuteMs, limits.minutesAtOnce);
  const fresh = kept.filter(({ copied, received }) => copied !== received);
  await copyMinutes(deps, fresh);
  return { copied: fresh.length, dropped: await dropMinutes(deps, kept, nowMs - limits.keepCopiedMs) };
}

async function copyMinutes(deps: CopyDeps, minutes: readonly KeptMinute[]): Promise<void> {
  if (minutes.length === 0) return;
  const copies = await findCopies(deps, rangeOf(minutes));
  const based: KeptMinute[] = [];
  for (const kept of minutes) {
    const { minuteMs: startMs } = kept.minute;
    const whole = kept.isWhole ? kept : await deps.log.keptMinutes.setBase(startMs, copies.get(startMs) ?? null);
    if (whole !== null) based.push(whole);
  }
  const rows = based.map(({ minute }) => toRow(minute));
  await deps.facts.insert({ table: 'ledger', columns, token: `ledger:${randomUUID()}` }, rows);
  for (const kept of based) await deps.log.keptMinutes.markCopied(kept, deps.now());
}

/**
 * Only what is found in the facts leaves the log; a copy that they have lost since is made again. The newest minute with accept numbers stays: the trimming of the log asks
 * it what is old enough.
 */
async function dropMinutes(deps: CopyDeps, minutes: readonly KeptMinute[], copiedBeforeMs: number): Promise<number> {
  const newest = minutes.findLast(({ minute }) => minute.lastSeq > 0);
  const candidates = minutes.filter(
    (kept) => kept !== newest && kept.copied === kept.received && kept.copiedAtMs <= copiedBeforeMs,
  );
  if (candidates.length === 0) return 0;
  const copies = await findCopies(deps, rangeOf(candidates));
  const lost: KeptMinute[] = [];
  let dropped = 0;
  for (const kept of candidates) {
    const copy = copies.get(kept.minute.minuteMs);
    if (copy === undefined || !isSame(copy, kept.minute)) lost.push(kept);
    else if (await deps.log.keptMinutes.drop(kept)) dropped += 1;
  }
  await copyMinutes(deps, lost);
  return dropped;
}

function rangeOf(minutes: readonly KeptMinute[]): { fromMs: number; toMs: number } {
  const starts = minutes.map(({ minute }) => minute.minuteMs);
  return { fromMs: Math.min(...starts), toMs: Math.max(...starts) + minuteMs };
}

const columns = [
  'minute',
  'received',
  'accepted',
  'duplicate',
  'conflict',
  'rejected',
  'first_seq',
  'last_seq',
  'gaps',
];

function toRow(minute: LedgerMinute): unknown[] {
  const { received, accepted, duplicate, conflict, rejected, firstSeq, lastSeq, gaps } = minute;
  return [minute.minuteMs / 1000, received, accepted, duplicate, conflict, rejected, firstSeq, lastSeq, gaps];
}

function isSame(left: LedgerMinute, right: LedgerMinute): boolean {
  return JSON.stringify(toRow(left)) === JSON.stringify(toRow(right));
}
