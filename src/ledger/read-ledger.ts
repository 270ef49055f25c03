import { setTimeout as delay } from 'node:timers/promises';
import {
  composeMinutes,
  type LedgerLine,
  type LedgerReport,
  type MinuteReport,
  type StoreLine,
} from './compose-minutes.ts';
import { findCounts, type LedgerDeps } from './find-counts.ts';
import type { MinuteRange } from './find-door-counts.ts';

export type Looking = { looks: number; pauseMs: number };

export type LedgerPage = { items: MinuteReport[]; total: number; totals: LedgerReport; next: number | null };

type Asked = MinuteRange & { limit: number; afterMs: number };

/** One page of the books, and the totals over the whole range, all of one reading. */
export async function readLedger(deps: LedgerDeps, asked: Asked, looking: Looking): Promise<LedgerPage> {
  const minutes = await readMinutes(deps, { ...asked, withWaiting: true }, looking);
  const rest = minutes.filter(({ minuteMs }) => minuteMs > asked.afterMs);
  const items = rest.slice(0, asked.limit);
  const next = rest.length > items.length ? (items.at(-1)?.minuteMs ?? null) : null;
  return { items, total: minutes.length, totals: sumReports(minutes), next };
}

/**
 * Looks again where a minute is out of balance, and believes what it sees the last time. The graph's readers take no locks,
 * so that a tally can be read half before and half after a commit, and a dead letter may be replayed between two answers;
 * what is really wrong is still wrong a moment later.
 */
export async function readMinutes(
  deps: LedgerDeps,
  { withWaiting, ...range }: MinuteRange & { withWaiting: boolean },
  { looks, pauseMs }: Looking,
): Promise<MinuteReport[]> {
  for (let look = 1; ; look += 1) {
    const minutes = composeMinutes(await findCounts(deps, { fromMs: range.fromMs, toMs: range.toMs }, withWaiting));
    if (look >= looks || minutes.every(({ balanced }) => balanced)) return minutes;
    await delay(pauseMs);
  }
}

export function sumReports(minutes: readonly MinuteReport[]): LedgerReport {
  const graph = minutes.map(({ stores }) => stores.graph);
  const facts = minutes.map(({ stores }) => stores.facts);
  return { ...sumLines(minutes), stores: { graph: sumStore(graph), facts: sumStore(facts) } };
}

function sumStore(lines: readonly StoreLine[]): StoreLine {
  return { ...sumLines(lines), notForThisStore: lines.reduce((sum, line) => sum + line.notForThisStore, 0) };
}

function sumLines(lines: readonly LedgerLine[]): LedgerLine {
  const sum = (numberOf: (line: LedgerLine) => number) => lines.reduce((total, line) => total + numberOf(line), 0);
  return {
    received: sum((line) => line.received),
    accepted: sum((line) => line.accepted),
    duplicate: sum((line) => line.duplicate),
    conflict: sum((line) => line.conflict),
    rejected: sum((line) => line.rejected),
    stored: sum((line) => line.stored),
    pending: sum((line) => line.pending),
    quarantined: sum((line) => line.quarantined),
    deadLettered: sum((line) => line.deadLettered),
    lateDuplicate: sum((line) => line.lateDuplicate),
    lateConflict: sum((line) => line.lateConflict),
    erased: sum((line) => line.erased),
    expired: sum((line) => line.expired),
    inFlight: sum((line) => line.inFlight),
    balanced: lines.every((line) => line.balanced),
  };
}
