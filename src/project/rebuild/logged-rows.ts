import { canonicalEvent } from '../../event/canonical-event.ts';
import type { RawEvent } from '../../event/envelope.ts';
import type { LogItem } from '../../log/decode-entry.ts';
import type { Log } from '../../log/open-log.ts';
import { toFactRow } from '../facts/fact-row.ts';
import { readAccepted } from '../read-accepted.ts';

/** A row of `events` made once more from the log. */
export type LoggedRow = {
  seq: number;
  values: unknown[];
  item: LogItem;
  raw: RawEvent;
  acceptedAtMs: number;
};

type Deps = Pick<Log, 'readEntryOfSeq'>;

/** The rows of some accept numbers as far as the log still holds them; `lost` are the others. */
export async function readLoggedRows(
  log: Deps,
  seqs: readonly number[],
): Promise<{ rows: LoggedRow[]; lost: number[] }> {
  const rows: LoggedRow[] = [];
  const lost: number[] = [];
  for (const seq of seqs) {
    const row = await readLoggedRow(log, seq);
    if (row === null) lost.push(seq);
    else rows.push(row);
  }
  return { rows, lost };
}

async function readLoggedRow(log: Deps, seq: number): Promise<LoggedRow | null> {
  const entry = await log.readEntryOfSeq(seq);
  const found = entry === null ? undefined : readAccepted(entry).find(({ item }) => item.seq === seq);
  if (found === undefined || found.raw === null) return null;
  const { raw, item, acceptedAtMs } = found;
  const event = canonicalEvent(raw, item.timestampMs);
  const values = toFactRow(event, { seq, acceptedAtMs, digest: item.digest });
  return { seq, values, item, raw, acceptedAtMs };
}
