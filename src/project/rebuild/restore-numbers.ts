import { randomUUID } from 'node:crypto';
import type { Facts } from '../../facts/facts.ts';
import type { Log } from '../../log/open-log.ts';
import { findEventIdsStatement } from '../facts/find-late-repeats.ts';
import { type Outcome, writeOutcomes } from '../facts/write-outcomes.ts';
import { findHeldNumbersStatement } from '../reproject/examine-posts.ts';
import { tellStale } from '../tally/recount/stale-months.ts';
import { attachRows } from './attach-rows.ts';
import { type LoggedRow, readLoggedRows } from './logged-rows.ts';

type Deps = { facts: Pick<Facts, 'run' | 'select' | 'insert'>; log: Pick<Log, 'readEntryOfSeq'> };

export type Restored = { restored: number[]; lost: number[] };

/**
 * Puts accept numbers that the facts have lost back from the log, past all views: tables fed by a view may still have
 * what followed from the row, and are compared and rebuilt by themselves.
 */
export async function restoreNumbers(deps: Deps, seqs: readonly number[]): Promise<Restored> {
  const held = await deps.facts.select(findHeldNumbersStatement, { seqs: [...seqs] });
  const known = new Set(held.map((row) => row.acceptSeq));
  const { rows, lost } = await readLoggedRows(
    deps.log,
    seqs.filter((seq) => !known.has(seq)),
  );
  const late = await findLate(deps, rows);
  const events = rows.filter(({ seq }) => !late.some((outcome) => outcome.seq === seq));
  const { facts } = deps;
  await writeOutcomes({ facts }, `repair:${randomUUID()}`, late);
  if (events.length > 0) {
    await attachRows(deps, events);
    const added = events.map(({ raw, item }) => ({ eventName: raw.eventName, timestampMs: item.timestampMs }));
    await tellStale(deps, added, Date.now());
  }
  return { restored: rows.map((row) => row.seq), lost };
}

/** A number may have been a late repeat, of which only the word that it was one is lost. */
async function findLate({ facts }: Deps, rows: readonly LoggedRow[]): Promise<Outcome[]> {
  const suspects = rows.filter(({ item }) => item.mayBeLate);
  const eventIds = suspects.map(({ raw }) => raw.eventId);
  const stored = eventIds.length === 0 ? [] : await facts.select(findEventIdsStatement, { eventIds });
  return suspects.flatMap(({ seq, raw, item, acceptedAtMs }) => {
    const before = stored.find(({ eventId, acceptSeq }) => eventId === raw.eventId && acceptSeq < seq);
    if (before === undefined) return [];
    const status = before.digest === String(item.digest) ? ('lateDuplicate' as const) : ('lateConflict' as const);
    return [{ seq, eventId: raw.eventId, status, acceptedAtMs }];
  });
}
