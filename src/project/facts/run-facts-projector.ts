import type { Facts } from '../../facts/facts.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import { compareEntryIds } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { Claim } from '../claim.ts';
import type { OnLetters } from '../dead-letters/dead-letter.ts';
import { settleFactsLetters } from '../dead-letters/settle-letters.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import type { RefusalLimits } from './insert-rows.ts';
import { projectFactsRange } from './project-facts-range.ts';

export type FactsLimits = RefusalLimits & {
  maxEntries: number;
  blockMs: number;
  maxItems: number;
  /** After a smaller range the projector pauses, so that the next one gathers. */
  gatherItems: number;
  settleLetters: number;
};

type Deps = {
  facts: Facts;
  log: Pick<Log, 'read' | 'readEntry' | 'publishProgress'>;
  onBatch: OnBatch;
  onLetters: OnLetters;
  now: () => number;
};

/** The log flows into the facts, range by range. */
export async function beginFactsTurn(deps: Deps, claim: Claim, limits: FactsLimits): Promise<Turn> {
  let unread: LogEntry[] = [];
  await publishPlace(deps, claim.position);
  await settleFactsLetters(deps, limits.settleLetters);
  return {
    step: async () => {
      if (unread.length === 0) unread = await readOn(deps, claim, limits);
      const entries = takeRange(unread, claim, limits.maxItems);
      const last = entries.at(-1);
      if (last === undefined) return 'busy';
      const startedAt = performance.now();
      const { rows, dead } = await projectFactsRange(deps, claim, entries, limits);
      unread = unread.slice(entries.length);
      await deps.log.publishProgress({ factsPosition: last.id, factsSeq: last.lastSeq });
      deps.onBatch(rows, performance.now() - startedAt);
      if (dead > 0) deps.onLetters(dead);
      return unread.length === 0 && rows < limits.gatherItems ? 'idle' : 'busy';
    },
  };
}

/** A crash may have come between the last commit and telling of it, and no other event may follow for a long time. */
async function publishPlace({ log }: Deps, position: string): Promise<void> {
  const entry = await log.readEntry(position);
  // An entry that has been trimmed was told of long ago.
  if (entry !== null) await log.publishProgress({ factsPosition: entry.id, factsSeq: entry.lastSeq });
}

async function readOn({ log }: Deps, claim: Claim, limits: FactsLimits): Promise<LogEntry[]> {
  const entries = await log.read({ after: claim.position, maxEntries: limits.maxEntries, blockMs: limits.blockMs });
  const last = claim.prepared?.last;
  // A prepared range is read until it is whole, however many reads that takes: its cut must be the same again.
  for (let after = lastOf(entries, claim); last !== undefined && compareEntryIds(after, last) < 0; ) {
    const more = await log.read({ after, maxEntries: limits.maxEntries, blockMs: limits.blockMs });
    if (more.length === 0) throw new Error(`the log ends before the prepared range up to ${last}`);
    entries.push(...more);
    after = lastOf(entries, claim);
  }
  return entries;
}

function lastOf(entries: readonly LogEntry[], claim: Claim): string {
  return entries.at(-1)?.id ?? claim.position;
}

function takeRange(unread: readonly LogEntry[], claim: Claim, maxItems: number): LogEntry[] {
  const last = claim.prepared?.last;
  if (last !== undefined) return unread.filter((entry) => compareEntryIds(entry.id, last) <= 0);
  const entries: LogEntry[] = [];
  let items = 0;
  for (const entry of unread) {
    if (items > 0 && items + entry.count > maxItems) break;
    entries.push(entry);
    items += entry.count;
  }
  return entries;
}
