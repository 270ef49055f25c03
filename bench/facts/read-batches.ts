import { canonicalEvent } from '../../src/event/canonical-event.ts';
import type { LogEntry } from '../../src/log/decode-entry.ts';
import { beforeAllEntries } from '../../src/log/entry-id.ts';
import type { Log } from '../../src/log/open-log.ts';
import { factColumns, toFactRow } from '../../src/project/facts/fact-row.ts';
import { readAccepted } from '../../src/project/read-accepted.ts';

type Limits = { maxEntries: number; maxItems: number };
type Deps = { log: Pick<Log, 'read'> };

/** The whole log in batches that are cut as the projector cuts its ranges, as rows for a client that names every column. */
export async function* readBatches({ log }: Deps, limits: Limits): AsyncGenerator<Array<Record<string, unknown>>> {
  let after = beforeAllEntries;
  for (;;) {
    let unread = await log.read({ after, maxEntries: limits.maxEntries, blockMs: 10 });
    if (unread.length === 0) return;
    after = unread.at(-1)?.id ?? after;
    while (unread.length > 0) {
      const batch = takeBatch(unread, limits.maxItems);
      unread = unread.slice(batch.length);
      yield batch.flatMap(toObjects);
    }
  }
}

function takeBatch(unread: readonly LogEntry[], maxItems: number): LogEntry[] {
  let items = 0;
  const end = unread.findIndex((entry, place) => {
    items += entry.count;
    return place > 0 && items > maxItems;
  });
  return end < 0 ? [...unread] : unread.slice(0, end);
}

function toObjects(entry: LogEntry): Array<Record<string, unknown>> {
  return readAccepted(entry).map(({ raw, item: { seq, digest, timestampMs }, acceptedAtMs }) => {
    if (raw === null) throw new Error(`event ${seq} cannot be read`);
    const row = toFactRow(canonicalEvent(raw, timestampMs), { seq, digest, acceptedAtMs });
    return Object.fromEntries(factColumns.map((name, place) => [name, row[place]]));
  });
}
