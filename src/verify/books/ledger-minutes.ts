import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { VerifyDeps } from '../verify-deps.ts';

const doorMinute = z.object({
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

export const readKeptLedgerStatement = statement('clickhouse/verify/read-kept-ledger.sql', {
  params: z.object({ fromMs: z.number(), toMs: z.number() }),
  row: doorMinute,
});

/** What the door counted in one minute. */
export type DoorMinute = z.output<typeof doorMinute>;

/** Accept numbers given one after the other. */
export type Run = { firstSeq: number; lastSeq: number };

type Deps = Pick<VerifyDeps, 'facts' | 'log'>;

export type Kept = { minutes: DoorMinute[]; disagreeing: Array<{ minuteMs: number; log: string; kept: string }> };

/** All minutes in order: from the log while it has them, else from their copy. A copy that is up to date says the same. */
export async function readDoorMinutes({ facts, log }: Deps, fromMs: number, toMs: number): Promise<Kept> {
  const inLog = await log.readLedger({ fromMs, toMs });
  const byMinute = new Map<number, DoorMinute>();
  for (const row of await facts.select(readKeptLedgerStatement, { fromMs, toMs })) byMinute.set(row.minuteMs, row);
  const disagreeing: Kept['disagreeing'] = [];
  for (const { isWhole, ...minute } of inLog) {
    const { minuteMs, received } = minute;
    const kept = byMinute.get(minuteMs);
    if (kept !== undefined && isWhole && kept.received >= received && say(kept) !== say(minute)) {
      disagreeing.push({ minuteMs, log: say(minute), kept: say(kept) });
    }
    byMinute.set(minuteMs, kept === undefined || isWhole ? minute : addUp(kept, minute));
  }
  return { minutes: [...byMinute.values()].sort((left, right) => left.minuteMs - right.minuteMs), disagreeing };
}

/** A minute that had been copied and dropped and began anew goes on in the log without knowing what it was. */
function addUp(kept: DoorMinute, begun: DoorMinute): DoorMinute {
  const isBroken = kept.lastSeq > 0 && begun.firstSeq > 0 && kept.lastSeq + 1 !== begun.firstSeq;
  return {
    minuteMs: kept.minuteMs,
    received: kept.received + begun.received,
    accepted: kept.accepted + begun.accepted,
    duplicate: kept.duplicate + begun.duplicate,
    conflict: kept.conflict + begun.conflict,
    rejected: kept.rejected + begun.rejected,
    firstSeq: kept.firstSeq === 0 ? begun.firstSeq : kept.firstSeq,
    lastSeq: Math.max(kept.lastSeq, begun.lastSeq),
    gaps: `${kept.gaps}${isBroken ? `${kept.lastSeq}-${begun.firstSeq},` : ''}${begun.gaps}`,
  };
}

function say({ received, accepted, duplicate, conflict, rejected, lastSeq }: DoorMinute): string {
  return `received ${received}, accepted ${accepted}, duplicate ${duplicate}, conflict ${conflict}, rejected ${rejected}, last ${lastSeq}`;
}

/** The runs of a minute: one, unless a clock was set back. `gaps` names the last and the next first number of each break. */
export function runsOf({ accepted, firstSeq, lastSeq, gaps }: DoorMinute): Run[] {
  if (accepted === 0) return [];
  const runs: Run[] = [];
  let from = firstSeq;
  for (const gap of gaps.split(',').filter((text) => text !== '')) {
    const [last, next] = gap.split('-').map(Number);
    runs.push({ firstSeq: from, lastSeq: last ?? from });
    from = next ?? from;
  }
  runs.push({ firstSeq: from, lastSeq });
  return runs;
}
