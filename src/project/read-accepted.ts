import type { RawEvent } from '../event/envelope.ts';
import type { LogEntry, LogItem } from '../log/decode-entry.ts';

/** An accepted item with what the log says of it; `raw` is null where its bytes are no event that this version can read. */
export type AcceptedItem = { raw: RawEvent | null; item: LogItem; acceptedAtMs: number };

/** The items of an entry. The door has checked every one of them; should one be unreadable all the same, the others are not. */
export function readAccepted(entry: LogEntry): AcceptedItem[] {
  const { acceptedAtMs, items } = entry;
  const values = parseTogether(entry) ?? items.map(({ bytes }) => parseAlone(bytes));
  return items.map((item, place) => ({ raw: toEvent(values[place]), item, acceptedAtMs }));
}

/** One item of an entry, where the others are of no interest. */
export function readItem({ acceptedAtMs }: LogEntry, item: LogItem): AcceptedItem {
  return { raw: toEvent(parseAlone(item.bytes)), item, acceptedAtMs };
}

function parseTogether(entry: LogEntry): unknown[] | null {
  try {
    const values = entry.parseItems();
    return values.length === entry.count ? values : null;
  } catch {
    return null;
  }
}

/** One item by its bytes alone. */
export function parseAlone(bytes: Buffer | string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

export function toEvent(value: unknown): RawEvent | null {
  if (!isAccepted(value)) return null;
  // Where all of `data` is optional a sender may leave it out.
  value.data ??= {};
  return value;
}

function isAccepted(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null && 'eventId' in value && 'eventName' in value;
}
