import { findGraphRowFault } from '../../../graph/find-row-fault.ts';
import type { Graph } from '../../../graph/graph.ts';
import type { LogEntry } from '../../../log/decode-entry.ts';
import { shortReason, unreadableCode, unreadableReason } from '../../dead-letters/dead-letter.ts';
import type { GraphChange } from '../../linking/graph-change.ts';
import type { Cursor } from '../cursor.ts';
import type { DeadItem } from '../dead/dead-refusals.ts';
import { findPoison } from '../dead/find-poison.ts';
import { type GraphBatch, type Projected, projectGraphBatch } from '../project-graph-batch.ts';
import type { DecidedEntry } from './leave-out-late.ts';
import { tallyEntry } from './tally.ts';

type Deps = { graph: Graph; now: () => number; maxRefused: number };

export type ProjectedEntries = Projected & { changes: number; dead: number };

/**
 * Writes entries in as few transactions as their contents allow: usually one. A batch that is refused for what it holds
 * is halved until one entry is left, and that one goes in without the items that the graph cannot take.
 */
export async function projectEntries(
  deps: Deps,
  cursor: Cursor,
  entries: readonly DecidedEntry[],
): Promise<ProjectedEntries> {
  const [first] = entries;
  const batch = toBatch(deps, cursor, entries);
  if (first === undefined || batch === null) return { cursor, waiting: false, changes: 0, dead: 0 };
  try {
    const projected = await projectGraphBatch(deps, cursor, batch);
    return { ...projected, changes: batch.changes.length, dead: batch.dead.length };
  } catch (fault) {
    if (findGraphRowFault(fault) === null) throw fault;
  }
  if (entries.length === 1) return projectWithoutPoison(deps, cursor, first);
  const middle = Math.ceil(entries.length / 2);
  const left = await projectEntries(deps, cursor, entries.slice(0, middle));
  const right = await projectEntries(deps, left.cursor, entries.slice(middle));
  return {
    cursor: right.cursor,
    waiting: left.waiting || right.waiting,
    changes: left.changes + right.changes,
    dead: left.dead + right.dead,
  };
}

async function projectWithoutPoison(deps: Deps, cursor: Cursor, decided: DecidedEntry): Promise<ProjectedEntries> {
  const { fit, poison } = await findPoison(deps, cursor, decided.changes, deps.maxRefused);
  const dead = poison.map(({ change, fault }): DeadItem => {
    return {
      acceptSeq: change.acceptSeq,
      eventId: change.eventId ?? '',
      postId: 'postId' in change ? change.postId : '',
      code: fault.code,
      reason: shortReason(fault.reason),
      entryId: decided.entry.id,
      diedAt: deps.now(),
    };
  });
  const batch = toBatch(deps, cursor, [{ ...decided, changes: fit }], dead);
  if (batch === null) throw new Error('an entry that was refused is gone');
  const projected = await projectGraphBatch(deps, cursor, batch);
  return { ...projected, changes: fit.length, dead: batch.dead.length };
}

type Batch = GraphBatch & { changes: GraphChange[]; dead: DeadItem[] };

function toBatch(
  { now }: Deps,
  cursor: Cursor,
  entries: readonly DecidedEntry[],
  poison: readonly DeadItem[] = [],
): Batch | null {
  const last = entries.at(-1)?.entry;
  if (last === undefined) return null;
  return {
    changes: entries.flatMap(({ changes }) => changes),
    after: cursor.position,
    position: last.id,
    seq: last.lastSeq,
    acceptedAt: last.acceptedAtMs,
    tallies: entries.map(({ entry, changes, unreadable, lateDuplicate, lateConflict }) =>
      tallyEntry(entry, {
        stored: changes.length,
        lateDuplicate,
        lateConflict,
        deadLettered: unreadable.length + poison.length,
      }),
    ),
    dead: [...entries.flatMap(({ entry, unreadable }) => toUnreadable(entry, unreadable, now())), ...poison],
  };
}

function toUnreadable(entry: LogEntry, items: DecidedEntry['unreadable'], diedAt: number): DeadItem[] {
  return items.map(({ seq }) => ({
    acceptSeq: seq,
    eventId: '',
    postId: '',
    code: unreadableCode,
    reason: unreadableReason,
    entryId: entry.id,
    diedAt,
  }));
}
