import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import { acceptedAtMsOf } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import { type DeadItem, findUntoldStatement, markToldStatement } from '../graph/dead/dead-refusals.ts';
import type { DeadLetter } from './dead-letter.ts';
import { writeLetters } from './write-letters.ts';

type Deps = { graph: Pick<Graph, 'read' | 'write'>; facts: Pick<Facts, 'insert'>; log: Pick<Log, 'readEntry'> };

/**
 * Writes the letters of what the graph could not take, an entry at a time, and says how many. The graph itself has gone
 * on meanwhile: it keeps what is untold, so that neither a crash nor an outage of ClickHouse loses a letter.
 */
export async function tellDeadLetters({ graph, facts, log }: Deps): Promise<number> {
  const untold = await graph.read(findUntoldStatement, {});
  const [first] = untold;
  if (first === undefined) return 0;
  const entry = await log.readEntry(first.entryId);
  const letters = untold.map((item) => toLetter(item, entry));
  await writeLetters({ facts }, `graph-letters:${first.entryId}`, letters);
  await graph.write(markToldStatement, { acceptSeqs: untold.map(({ acceptSeq }) => acceptSeq) });
  return letters.length;
}

const lostReason = 'its bytes are not in the log any more';

/** The log keeps an entry until its letters are told. Should it have been lost all the same, the books still balance. */
function toLetter(dead: DeadItem, entry: LogEntry | null): DeadLetter {
  const item = entry?.items[dead.acceptSeq - entry.firstSeq];
  const { acceptSeq: seq, eventId, code, reason, diedAt, entryId } = dead;
  return {
    stage: 'graph',
    seq,
    acceptedAtMs: acceptedAtMsOf(entryId),
    eventId,
    timestampMs: item?.timestampMs ?? 0,
    digest: item?.digest ?? 0,
    code,
    reason: item === undefined ? `${lostReason}; ${reason}` : reason,
    attempts: 1,
    raw: item?.bytes.toString() ?? '',
    state: 'waiting',
    diedAtMs: diedAt,
    changedAtMs: diedAt,
  };
}
