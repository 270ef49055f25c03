import { z } from 'zod';
import { entryOf } from '../../event/envelope.ts';
import { eventNames } from '../../event/vocabulary.ts';
import { statement } from '../../query/statement.ts';
import { type Check, openTally, type Tally } from '../check.ts';
import type { Scope, VerifyDeps } from '../verify-deps.ts';
import { type DoorMinute, readDoorMinutes, runsOf } from './ledger-minutes.ts';

export const countMinutesStatement = statement('clickhouse/verify/count-minutes.sql', {
  params: z.object({ firstSeq: z.number(), lastSeq: z.number(), graphEvents: z.array(z.string()) }),
  row: z.object({
    minuteMs: z.number(),
    events: z.number(),
    graphEvents: z.number(),
    lateDuplicate: z.number(),
    lateConflict: z.number(),
    deadLettered: z.number(),
    expired: z.number(),
    firstSeq: z.number(),
    lastSeq: z.number(),
  }),
});

/** What became of one minute's items, by the rows of the facts. */
export type FactsMinute = z.output<typeof countMinutesStatement.row>;

export const graphEvents = eventNames.filter((name) => entryOf(name).graph !== 'none');

type Deps = Pick<VerifyDeps, 'facts' | 'log' | 'limits' | 'now'>;

export type Books = { checks: Check[]; door: DoorMinute[]; facts: FactsMinute[] };

export type Minutes = { fromMs: number; toMs: number; isWhole: boolean };

/** The door's own counts against the rows that the facts hold, minute by minute and over all. */
export async function checkLedger(deps: Deps, scope: Scope, range: Minutes): Promise<Books> {
  const { facts, log, limits } = deps;
  const lastBefore = await log.lastSeq();
  const { minutes: door, disagreeing } = await readDoorMinutes(deps, range.fromMs, range.toMs);
  const lastAfter = await log.lastSeq();
  const { firstSeq, lastSeq } = scope;
  const stored = await facts.select(countMinutesStatement, { firstSeq, lastSeq, graphEvents });
  const open = (name: string) => openTally(name, 'I6', limits.maxExamples);
  const sums = open('every minute of the ledger adds up');
  for (const minute of door) addUp(sums, minute);
  for (const { minuteMs, log: expected, kept: found } of disagreeing) {
    sums.differ({ subject: timeOf(minuteMs), expected, found: `kept: ${found}` });
  }
  const runs = open('accept numbers of the ledger are one run');
  if (range.isWhole) checkRuns(runs, door, { lastBefore, lastAfter });
  const rows = open('facts hold what every minute accepted');
  checkRows(rows, door, stored, scope);
  return { checks: [sums.finish(), runs.finish(), rows.finish()], door, facts: stored };
}

export function timeOf(minuteMs: number): string {
  return new Date(minuteMs).toISOString();
}

function addUp(tally: Tally, { minuteMs, received, accepted, duplicate, conflict, rejected }: DoorMinute): void {
  tally.look();
  const sum = accepted + duplicate + conflict + rejected;
  if (sum !== received) {
    tally.differ({ subject: timeOf(minuteMs), expected: `received ${received}`, found: `${sum} told apart` });
  }
}

/** The runs of all minutes follow each other without a gap, from 1 to the log's last number, which may grow while they are read. */
function checkRuns(tally: Tally, door: readonly DoorMinute[], last: { lastBefore: number; lastAfter: number }): void {
  const runs = door.flatMap((minute) => runsOf(minute).map((run) => ({ ...run, minuteMs: minute.minuteMs })));
  let next = 1;
  for (const { minuteMs, firstSeq, lastSeq } of runs.sort((left, right) => left.firstSeq - right.firstSeq)) {
    tally.look();
    if (firstSeq !== next) {
      tally.differ({ subject: timeOf(minuteMs), expected: `numbers from ${next}`, found: `from ${firstSeq}` });
    }
    next = lastSeq + 1;
  }
  for (const minute of door) {
    tally.look();
    const given = runsOf(minute).reduce((sum, run) => sum + run.lastSeq - run.firstSeq + 1, 0);
    if (given === minute.accepted) continue;
    tally.differ({
      subject: timeOf(minute.minuteMs),
      expected: `${minute.accepted} accepted`,
      found: `${given} numbers`,
    });
  }
  tally.look();
  const total = door.reduce((sum, minute) => sum + minute.accepted, 0);
  if (total < last.lastBefore || total > last.lastAfter) {
    tally.differ({ subject: 'all minutes', expected: `accepted ${last.lastAfter}`, found: String(total) });
  }
}

function checkRows(tally: Tally, door: readonly DoorMinute[], stored: readonly FactsMinute[], scope: Scope): void {
  const byMinute = new Map(stored.map((minute) => [minute.minuteMs, minute]));
  for (const minute of door) {
    const { minuteMs } = minute;
    const wanted = passedOf(minute, scope);
    const rows = byMinute.get(minuteMs);
    byMinute.delete(minuteMs);
    tally.look();
    const found = rows === undefined ? 0 : endedOf(rows);
    if (found !== wanted)
      tally.differ({ subject: timeOf(minuteMs), expected: `${wanted} accepted`, found: `${found} rows` });
  }
  for (const { minuteMs, events } of byMinute.values()) {
    tally.differ({ subject: timeOf(minuteMs), expected: 'nothing accepted', found: `${events} rows` });
  }
}

function endedOf({ events, lateDuplicate, lateConflict, deadLettered, expired }: FactsMinute): number {
  return events + lateDuplicate + lateConflict + deadLettered + expired;
}

/** How many of a minute's items lie in the numbers that are looked at. */
export function passedOf(minute: DoorMinute, scope: Pick<Scope, 'firstSeq' | 'lastSeq'>): number {
  let passed = 0;
  for (const { firstSeq, lastSeq } of runsOf(minute)) {
    passed += Math.max(0, Math.min(scope.lastSeq, lastSeq) - Math.max(scope.firstSeq, firstSeq) + 1);
  }
  return passed;
}
