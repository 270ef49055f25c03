import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type Check, openTally, type Tally } from '../check.ts';
import type { GraphRefusal } from '../posts/standing-events.ts';
import type { Scope, VerifyDeps } from '../verify-deps.ts';
import { type Books, type FactsMinute, type Minutes, timeOf } from './check-ledger.ts';
import { type DoorMinute, runsOf } from './ledger-minutes.ts';

export const readTalliesStatement = statement('cypher/verify/read-tallies.cypher', {
  params: z.object({ fromMs: z.number(), toMs: z.number() }),
  row: z.object({
    minuteMs: z.number(),
    stored: z.number(),
    notForThisStore: z.number(),
    lateDuplicate: z.number(),
    lateConflict: z.number(),
    deadLettered: z.number(),
    seq: z.number(),
  }),
});

type GraphMinute = z.output<typeof readTalliesStatement.row>;

type Deps = Pick<VerifyDeps, 'graph' | 'limits'>;

type Asked = { books: Books; refusals: ReadonlyMap<number, GraphRefusal>; range: Minutes; scope: Scope };

/** The graph's own word on every minute: it adds up, and where all of the minute is looked at it equals a recount. */
export async function checkTallies(
  { graph, limits }: Deps,
  { books, refusals, range, scope }: Asked,
): Promise<Check[]> {
  const tallies = await graph.read(readTalliesStatement, { fromMs: range.fromMs, toMs: range.toMs });
  const sums = openTally('every tally of the graph adds up', 'I6', limits.maxExamples);
  const recount = openTally('every tally of the graph equals a recount', 'I6', limits.maxExamples);
  const byMinute = new Map(tallies.map((tally) => [tally.minuteMs, tally]));
  const stored = new Map(books.facts.map((minute) => [minute.minuteMs, minute]));
  // A graph that never tallied has nothing to be compared.
  if (tallies.length > 0) {
    for (const minute of books.door) {
      if (minute.accepted === 0 || !isWithin(scope, minute)) continue;
      const tally = byMinute.get(minute.minuteMs);
      judgeSum(sums, minute, tally);
      const rows = stored.get(minute.minuteMs);
      if (tally !== undefined && rows !== undefined) judgeRecount(recount, minute, { tally, rows, refusals });
    }
  }
  return [sums.finish(), recount.finish()];
}

function isWithin(scope: Scope, { firstSeq, lastSeq }: DoorMinute): boolean {
  return firstSeq >= scope.firstSeq && lastSeq <= scope.lastSeq;
}

function judgeSum(sums: Tally, { minuteMs, accepted, lastSeq }: DoorMinute, tally: GraphMinute | undefined): void {
  sums.look();
  const expected = `${accepted} items up to ${lastSeq}`;
  if (tally === undefined) {
    sums.differ({ subject: timeOf(minuteMs), expected, found: 'no tally' });
    return;
  }
  const { stored, notForThisStore, lateDuplicate, lateConflict, deadLettered, seq } = tally;
  const sum = stored + notForThisStore + lateDuplicate + lateConflict + deadLettered;
  if (sum !== accepted || seq !== lastSeq) {
    sums.differ({ subject: timeOf(minuteMs), expected, found: `${sum} items up to ${seq}` });
  }
}

type Recount = { tally: GraphMinute; rows: FactsMinute; refusals: ReadonlyMap<number, GraphRefusal> };

/** What the graph took are the graph's events without those it refused; letters of the facts may be any event. */
function judgeRecount(recount: Tally, minute: DoorMinute, { tally, rows, refusals }: Recount): void {
  recount.look();
  const { taken, dead } = countRefusals(minute, refusals);
  const least = rows.graphEvents - taken - dead;
  const most = least + rows.deadLettered;
  const late = rows.lateDuplicate + rows.lateConflict;
  const lateMost = taken + late;
  const holds =
    tally.stored >= least &&
    tally.stored <= most &&
    tally.deadLettered === dead &&
    tally.lateConflict >= taken &&
    tally.lateDuplicate + tally.lateConflict <= lateMost;
  if (holds) return;
  recount.differ({
    subject: timeOf(minute.minuteMs),
    expected: `stored ${least}, deadLettered ${dead}, lateConflict at least ${taken}`,
    found: `stored ${tally.stored}, deadLettered ${tally.deadLettered}, lateConflict ${tally.lateConflict}`,
  });
}

function countRefusals(
  minute: DoorMinute,
  refusals: ReadonlyMap<number, GraphRefusal>,
): { taken: number; dead: number } {
  const counted = { taken: 0, dead: 0 };
  for (const run of runsOf(minute)) {
    for (let seq = run.firstSeq; seq <= run.lastSeq; seq += 1) {
      const refusal = refusals.get(seq);
      if (refusal === undefined) continue;
      counted[refusal.status === 'deadLettered' ? 'dead' : 'taken'] += 1;
    }
  }
  return counted;
}
