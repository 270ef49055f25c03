import type { LogEntry } from '../../log/decode-entry.ts';
import { beforeAllEntries, compareEntryIds, type EntryId, firstSeqOf } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { EntrySource } from './entry-source.ts';

type Deps = { log: Pick<Log, 'read' | 'readEntry' | 'oldestEntry' | 'lastSeq'> };

// Above every time: no entry of a number stands behind it.
const endOfMs = Number.MAX_SAFE_INTEGER;

/** A place in the log behind every entry that begins at or below this accept number. */
export function placeBehind(seq: number): EntryId {
  return `${seq}-${endOfMs}`;
}

/** The first accept number that the log still holds; null where it holds none. */
export async function findLogBegin({ log }: Deps): Promise<number | null> {
  const oldest = await log.oldestEntry();
  return oldest === null ? null : firstSeqOf(oldest.id);
}

/** `startSeq`: what an earlier try has taken already, where that is known by number; else 1. */
export type LogSourceOptions = { firstSeq: number; startSeq: number; end: EntryId };

/** The log itself, up to and including one entry. A gap means that it was trimmed meanwhile: then nothing goes on. */
export function openLogSource({ log }: Deps, { firstSeq, startSeq, end }: LogSourceOptions): EntrySource {
  let ended = false;
  let expected: { after: EntryId; seq: number } | null = null;

  async function read({ after, maxEntries }: { after: EntryId; maxEntries: number }): Promise<LogEntry[]> {
    const seq = expected?.after === after ? expected.seq : await findNextSeq(after);
    const entries = (await log.read({ after, maxEntries, blockMs: 0 })).filter(
      (entry) => compareEntryIds(entry.id, end) <= 0,
    );
    let next = seq;
    for (const entry of entries) {
      if (entry.firstSeq !== next) throw gone(next);
      next = entry.lastSeq + 1;
    }
    const last = entries.at(-1);
    if (last !== undefined) expected = { after: last.id, seq: last.lastSeq + 1 };
    ended = last === undefined;
    if (ended && compareEntryIds(after, end) < 0 && end !== beforeAllEntries) throw gone(firstSeqOf(end));
    return entries;
  }

  /** What must come after a place: the number that follows those of the entry that stands there. */
  async function findNextSeq(after: EntryId): Promise<number> {
    if (startSeq > firstSeq) return startSeq;
    if (firstSeqOf(after) < firstSeq) return firstSeq;
    const entry = await log.readEntry(after);
    if (entry === null) throw gone(firstSeqOf(after));
    return entry.lastSeq + 1;
  }

  return { read, readEntry: (id) => log.readEntry(id), ended: () => ended };
}

function gone(seq: number): Error {
  return new Error(`the log no longer holds the entry of accept number ${seq}: it was trimmed meanwhile`);
}
