import type { History } from '../load/history.ts';
import { type AskStores, type Names, numberOf } from './ask-stores.ts';
import type { FactsJudged } from './check-facts.ts';

const counts = ['received', 'accepted', 'duplicate', 'conflict', 'rejected', 'firstSeq', 'lastSeq'] as const;
type Minute = Record<(typeof counts)[number], number> & { minuteMs: number; gaps: string };

/** I6: each minute adds up, accept numbers run on from minute to minute, and the sum is what the senders saw. */
export async function checkLedger(
  ask: AskStores,
  names: Names,
  { history, facts, lastSeq }: { history: History; facts: FactsJudged; lastSeq: number },
): Promise<{ faults: string[]; unbalancedMinutes: number }> {
  const minutes = await readMinutes(ask, names);
  const faults = minutes.flatMap(unbalanced);
  const unbalancedMinutes = faults.length;
  const total = (name: (typeof counts)[number]) => minutes.reduce((sum, minute) => sum + minute[name], 0);
  if (total('accepted') !== lastSeq) faults.push(`the ledger accepted ${total('accepted')} of ${lastSeq}`);
  const ended = facts.stored + facts.late + facts.deadLettered;
  if (ended !== lastSeq) faults.push(`${lastSeq} were accepted, ${ended} have an end in the facts`);
  faults.push(...checkAgainstHistory(total, history), ...checkRuns(minutes, lastSeq));
  return { faults, unbalancedMinutes };
}

async function readMinutes({ redis, facts }: AskStores, { prefix }: Names): Promise<Minute[]> {
  const kept = await facts(
    `SELECT toUnixTimestamp(minute) * 1000 AS minuteMs, received, accepted, duplicate, conflict, rejected,
       first_seq AS firstSeq, last_seq AS lastSeq, gaps FROM ledger FINAL`,
  );
  const minutes = new Map<number, Record<string, unknown>>(kept.map((row) => [numberOf(row['minuteMs']), row]));
  for (const key of await redis.zrange(`${prefix}:ledger:minutes`, '-inf', '+inf', 'BYSCORE')) {
    minutes.set(Number(key), await redis.hgetall(`${prefix}:ledger:${key}`));
  }
  return [...minutes].map(([minuteMs, row]) => toMinute(minuteMs, row)).toSorted((a, b) => a.minuteMs - b.minuteMs);
}

function toMinute(minuteMs: number, row: Record<string, unknown>): Minute {
  const number = (name: string) => Number(row[name] ?? 0);
  const [received, accepted, duplicate] = [number('received'), number('accepted'), number('duplicate')];
  const [conflict, rejected] = [number('conflict'), number('rejected')];
  const [firstSeq, lastSeq] = [number('firstSeq'), number('lastSeq')];
  const gaps = typeof row['gaps'] === 'string' ? row['gaps'] : '';
  return { minuteMs, received, accepted, duplicate, conflict, rejected, firstSeq, lastSeq, gaps };
}

function unbalanced(minute: Minute): string[] {
  const sum = minute.accepted + minute.duplicate + minute.conflict + minute.rejected;
  return sum === minute.received ? [] : [`the minute ${minute.minuteMs} does not balance: ${JSON.stringify(minute)}`];
}

/** An answer that was lost may have been counted once or not at all; nothing else may differ. */
function checkAgainstHistory(
  total: (name: 'accepted' | 'received' | 'rejected') => number,
  { totals }: History,
): string[] {
  const answered = (name: string) => totals[name] ?? 0;
  const least = answered('accepted') + answered('duplicate') + answered('conflict') + answered('rejected');
  const most = least + answered('lost');
  const received = total('received');
  const faults: string[] = [];
  if (received < least || received > most)
    faults.push(`the ledger received ${received}, the senders ${least}..${most}`);
  if (total('accepted') < answered('accepted')) faults.push('the ledger accepted less than the senders were told');
  if (total('rejected') < answered('rejected')) faults.push('the ledger rejected less than the senders were told');
  return faults;
}

/**
 * Where minutes name their accept numbers, their runs hold every number once. A minute has one run, and one more each
 * time a door's clock came back to it from more than a minute away: `gaps` says where a run was broken off and went on.
 */
function checkRuns(minutes: readonly Minute[], lastSeq: number): string[] {
  const named = minutes.filter(({ accepted }) => accepted > 0);
  if (named.some(({ firstSeq }) => firstSeq === 0)) return [];
  const faults: string[] = [];
  for (const minute of named) {
    const held = runsOf(minute).reduce((sum, [first, last]) => sum + last - first + 1, 0);
    if (held !== minute.accepted) faults.push(`the runs of a minute hold ${held}: ${JSON.stringify(minute)}`);
  }
  let next = 1;
  for (const [first, last] of named.flatMap(runsOf).toSorted(([a], [b]) => a - b)) {
    if (first !== next) return [...faults, `a run ${first}..${last} where ${next} comes next`];
    next = last + 1;
  }
  if (next !== lastSeq + 1) faults.push(`the minutes end at ${next - 1}, the log at ${lastSeq}`);
  return faults;
}

function runsOf({ firstSeq, lastSeq, gaps }: Minute): Array<[first: number, last: number]> {
  const runs: Array<[number, number]> = [];
  let first = firstSeq;
  for (const gap of gaps.split(',').slice(0, -1)) {
    const [last, next] = gap.split('-').map(Number);
    runs.push([first, last ?? Number.NaN]);
    first = next ?? Number.NaN;
  }
  return [...runs, [first, lastSeq]];
}
