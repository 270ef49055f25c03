import { z } from 'zod';
import type { GraphTransaction } from '../../../graph/graph.ts';
import type { LogEntry } from '../../../log/decode-entry.ts';
import { statement } from '../../../query/statement.ts';

const minuteMs = 60_000;

/** What became, in the graph, of the items of one entry. */
export type TallyCounts = {
  stored: number;
  notForThisStore: number;
  lateDuplicate: number;
  lateConflict: number;
  deadLettered: number;
};

/** `seq`: the last accept number that is counted. */
export type EntryTally = TallyCounts & { minuteMs: number; seq: number };

const tallyRow = z.object({
  minuteMs: z.number(),
  seq: z.number(),
  stored: z.number(),
  notForThisStore: z.number(),
  lateDuplicate: z.number(),
  lateConflict: z.number(),
  deadLettered: z.number(),
});

export const addTalliesStatement = statement('cypher/project/add-tallies.cypher', {
  params: z.object({ tallies: z.array(tallyRow) }),
  row: z.object({}),
});

export const noCounts: TallyCounts = {
  stored: 0,
  notForThisStore: 0,
  lateDuplicate: 0,
  lateConflict: 0,
  deadLettered: 0,
};

export function minuteOf(acceptedAtMs: number): number {
  return acceptedAtMs - (acceptedAtMs % minuteMs);
}

/** Everything that is not told otherwise asked nothing of the graph. */
export function tallyEntry(
  { acceptedAtMs, lastSeq, count }: Pick<LogEntry, 'acceptedAtMs' | 'lastSeq' | 'count'>,
  told: Omit<TallyCounts, 'notForThisStore'>,
): EntryTally {
  const { stored, lateDuplicate, lateConflict, deadLettered } = told;
  const notForThisStore = count - stored - lateDuplicate - lateConflict - deadLettered;
  return { ...told, notForThisStore, minuteMs: minuteOf(acceptedAtMs), seq: lastSeq };
}

/** Adds the entries up by minute. A change that was refused in the end counts as a conflict instead of as stored. */
export function sumTallies(
  entries: readonly EntryTally[],
  refusals: ReadonlyArray<{ acceptSeq: number }>,
): EntryTally[] {
  const minutes = new Map<number, EntryTally>();
  for (const entry of entries) {
    const minute = minutes.get(entry.minuteMs);
    minutes.set(entry.minuteMs, minute === undefined ? { ...entry } : addUp(minute, entry));
  }
  for (const { acceptSeq } of refusals) {
    const entry = entries.find(({ seq }) => seq >= acceptSeq);
    const minute = entry === undefined ? undefined : minutes.get(entry.minuteMs);
    if (minute === undefined) continue;
    minute.stored -= 1;
    minute.lateConflict += 1;
  }
  return [...minutes.values()];
}

function addUp(left: EntryTally, right: EntryTally): EntryTally {
  return {
    minuteMs: left.minuteMs,
    seq: Math.max(left.seq, right.seq),
    stored: left.stored + right.stored,
    notForThisStore: left.notForThisStore + right.notForThisStore,
    lateDuplicate: left.lateDuplicate + right.lateDuplicate,
    lateConflict: left.lateConflict + right.lateConflict,
    deadLettered: left.deadLettered + right.deadLettered,
  };
}

/** Must run in the transaction that moves the cursor: then no item is ever counted twice or forgotten. */
export async function addTallies(transaction: GraphTransaction, tallies: readonly EntryTally[]): Promise<void> {
  if (tallies.length > 0) await transaction.run(addTalliesStatement, { tallies: [...tallies] });
}
