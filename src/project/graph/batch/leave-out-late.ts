import type { Facts } from '../../../facts/facts.ts';
import type { LogEntry } from '../../../log/decode-entry.ts';
import type { GraphChange } from '../../linking/graph-change.ts';
import { findOutcomesStatement } from '../../receipt/find-facts-outcomes.ts';
import type { GraphItems } from '../to-graph-changes.ts';

/** An entry of the log with what it asks of the graph. */
export type GraphEntry = GraphItems & { entry: LogEntry };

/** The same once its late repeats are left out. */
export type DecidedEntry = {
  entry: LogEntry;
  changes: readonly GraphChange[];
  unreadable: GraphItems['unreadable'];
  lateDuplicate: number;
  lateConflict: number;
};

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * The facts decide what came late, once for both stores: an item that the door may have let through a second time is
 * taken only after the facts have passed it and called it no repeat.
 */
export async function leaveOutLate({ facts }: Deps, entries: readonly GraphEntry[]): Promise<DecidedEntry[]> {
  const suspects = entries.flatMap((entry) => entry.suspects);
  const late = new Map<number, string>();
  const firstSeq = suspects[0];
  const lastSeq = suspects.at(-1);
  if (firstSeq !== undefined && lastSeq !== undefined) {
    const outcomes = await facts.select(findOutcomesStatement, { firstSeq, lastSeq });
    for (const { seq, status } of outcomes) late.set(seq, status);
  }
  return entries.map((entry) => decideEntry(entry, late));
}

function decideEntry(
  { entry, changes, unreadable, suspects }: GraphEntry,
  late: ReadonlyMap<number, string>,
): DecidedEntry {
  const statuses = suspects.map((seq) => late.get(seq));
  return {
    entry,
    unreadable,
    changes: late.size === 0 ? changes : changes.filter(({ acceptSeq }) => !late.has(acceptSeq)),
    lateDuplicate: statuses.filter((status) => status === 'lateDuplicate').length,
    lateConflict: statuses.filter((status) => status === 'lateConflict').length,
  };
}
