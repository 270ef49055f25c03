import type { Facts } from '../../facts/facts.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import { compareEntryIds, type EntryId, firstSeqOf } from '../../log/entry-id.ts';
import { buildEntries, type RawItem } from './build-entry.ts';
import type { EntrySource } from './entry-source.ts';
import { readLostItems } from './lost-items.ts';
import { readRawFactsStatement, toRawItem } from './raw-fact.ts';

type Deps = { facts: Pick<Facts, 'select'> };

export type FactsSourceOptions = {
  upToSeq: number;
  /** How many accept numbers are read at once, and how many one entry holds at most. */
  windowItems: number;
  entryItems: number;
  /** Of other events only the frame is read; empty for all. */
  eventNames: readonly string[];
  /** Whether events count of which there is no fact: the graph knows of them. */
  withLost: boolean;
  /** What an earlier try has taken already; 1 where it took nothing. */
  startSeq: number;
  cuts: readonly number[];
};

type Window = { entries: LogEntry[]; nextSeq: number };

/** The raw facts as entries of the log, read in windows of accept numbers. */
export function openFactsSource(deps: Deps, options: FactsSourceOptions): EntrySource {
  let window: Window = { entries: [], nextSeq: 1 };
  let lastRead: EntryId | null = null;
  let ended = false;

  async function read({ after, maxEntries }: { after: EntryId; maxEntries: number }): Promise<LogEntry[]> {
    if (after !== lastRead) window = { entries: [], nextSeq: Math.max(options.startSeq, firstSeqOf(after)) };
    while (window.entries.length === 0 && window.nextSeq <= options.upToSeq) {
      const { entries, nextSeq } = await readWindow(deps, options, window.nextSeq);
      window = { entries: entries.filter((entry) => compareEntryIds(entry.id, after) > 0), nextSeq };
    }
    const taken = window.entries.slice(0, maxEntries);
    window.entries = window.entries.slice(taken.length);
    lastRead = taken.at(-1)?.id ?? after;
    ended = taken.length === 0;
    return taken;
  }
  return { read, readEntry: async () => null, ended: () => ended };
}

/** The last run of a window may go on beyond it, so it is left for the next one. */
async function readWindow({ facts }: Deps, options: FactsSourceOptions, fromSeq: number): Promise<Window> {
  const toSeq = Math.min(fromSeq + options.windowItems - 1, options.upToSeq);
  const eventNames = [...options.eventNames];
  const rows = await facts.select(readRawFactsStatement, { fromSeq, toSeq, eventNames });
  const lost = options.withLost ? await readLostItems({ facts }, { fromSeq, toSeq }) : [];
  const items = oneEach([...rows.map(toRawItem), ...lost]);
  const entries = buildEntries(items, { maxItems: options.entryItems, cuts: new Set(options.cuts) });
  const last = entries.at(-1);
  if (last === undefined || last.lastSeq < toSeq || toSeq === options.upToSeq) return { entries, nextSeq: toSeq + 1 };
  return { entries: entries.slice(0, -1), nextSeq: last.firstSeq };
}

/** In accept order, each number once: a row that damage has doubled is one event still. */
function oneEach(items: RawItem[]): RawItem[] {
  const bySeq = new Map(items.map((item) => [item.seq, item]));
  return [...bySeq.values()].sort((left, right) => left.seq - right.seq);
}
