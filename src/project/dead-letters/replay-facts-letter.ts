import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import type { RawEvent } from '../../event/envelope.ts';
import type { Facts } from '../../facts/facts.ts';
import { findFactsRowFault, type RowFault } from '../../facts/find-row-fault.ts';
import { statement } from '../../query/statement.ts';
import { factColumns, toFactRow } from '../facts/fact-row.ts';
import { findEventIdsStatement } from '../facts/find-late-repeats.ts';
import { writeOutcomes } from '../facts/write-outcomes.ts';
import { parseAlone, toEvent } from '../read-accepted.ts';
import { countFactsStatement } from '../receipt/find-facts-outcomes.ts';
import { tellStale } from '../tally/recount/stale-months.ts';
import { type DeadLetter, letterId, shortReason, unreadableCode, unreadableReason } from './dead-letter.ts';
import type { Replayed } from './replayed.ts';
import { changeLetter } from './write-letters.ts';

export const countInsertsSinceStatement = statement('clickhouse/project/letters/count-inserts-since.sql', {
  params: z.object({ sinceMs: z.number() }),
  row: z.object({ inserts: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select' | 'insert'>; now: () => number };

// Said while a replay is under way. Whoever finds it knows that the insert may have been done, and under which token.
const beganReason = 'a replay began and has not ended';

// The store remembers its last 10,000 inserts; half of that leaves room for what comes in between.
const rememberedInserts = 5000;

/** Inserts a dead row as the projector would have, once: under a token of its own, and not where its accept number is. */
export async function replayFactsLetter(deps: Deps, letter: DeadLetter): Promise<Replayed> {
  if (letter.state === 'replayed') return { outcome: 'alreadyReplayed', reason: null };
  const raw = toEvent(parseAlone(letter.raw));
  const attempts = letter.attempts + 1;
  if (raw === null) return stayDead(deps, { ...letter, attempts }, { code: unreadableCode, reason: unreadableReason });
  const isKept = await isHeld(deps, letter);
  const began = await changeLetter(deps, letter, { attempts, reason: beganReason }, deps.now());
  const isDone = isKept && !(await mayRepeat(deps, letter));
  const fault = isDone ? null : await storeOnce(deps, letter, raw);
  if (fault !== null) return stayDead(deps, began, fault);
  await tellStale(deps, [{ eventName: raw.eventName, timestampMs: letter.timestampMs }], deps.now());
  await changeLetter(deps, began, { state: 'replayed', reason: letter.reason }, deps.now());
  return { outcome: 'replayed', reason: null };
}

async function stayDead(deps: Deps, letter: DeadLetter, { code, reason }: RowFault): Promise<Replayed> {
  await changeLetter(deps, letter, { code, reason: shortReason(reason) }, deps.now());
  return { outcome: 'stillDead', reason: shortReason(reason) };
}

async function isHeld({ facts }: Deps, { seq }: DeadLetter): Promise<boolean> {
  const [counted] = await facts.select(countFactsStatement, { firstSeq: seq, lastSeq: seq });
  return (counted?.held ?? 0) > 0;
}

/**
 * A row that is there although its replay never ended may be missing in what is fed by the table. The same insert once
 * more adds only that, as long as the store remembers the first one.
 */
async function mayRepeat({ facts }: Deps, letter: DeadLetter): Promise<boolean> {
  if (letter.reason !== beganReason) return false;
  const [since] = await facts.select(countInsertsSinceStatement, { sinceMs: letter.changedAtMs });
  return (since?.inserts ?? rememberedInserts) < rememberedInserts;
}

/** The row, or, where its id was stored under another number meanwhile, the word that it came late. */
async function storeOnce({ facts }: Deps, letter: DeadLetter, raw: RawEvent): Promise<RowFault | null> {
  const { seq, eventId, digest, acceptedAtMs, timestampMs } = letter;
  const token = `letter:${letterId(letter)}`;
  const others = await facts.select(findEventIdsStatement, { eventIds: [eventId] });
  const other = others.find(({ acceptSeq }) => acceptSeq !== seq);
  if (other !== undefined) {
    const status = other.digest === String(digest) ? 'lateDuplicate' : 'lateConflict';
    await writeOutcomes({ facts }, token, [{ seq, eventId, status, acceptedAtMs }]);
    return null;
  }
  try {
    const row = toFactRow(canonicalEvent(raw, timestampMs), { seq, acceptedAtMs, digest });
    await facts.insert({ table: 'events', columns: factColumns, token }, [row]);
    return null;
  } catch (fault) {
    const rowFault = findFactsRowFault(fault);
    if (rowFault === null) throw fault;
    return rowFault;
  }
}
