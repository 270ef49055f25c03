import type { RawEvent } from '../event/envelope.ts';
import type { LogEntry } from '../log/decode-entry.ts';

/** The events of an entry. The door has checked every one of them; here is only told that they are objects still. */
export function parseAccepted(entry: LogEntry): RawEvent[] {
  return entry.parseItems().map((value) => {
    if (!isAccepted(value)) throw new Error(`entry ${entry.id} holds something that is no event`);
    // Where all of `data` is optional a sender may leave it out.
    value.data ??= {};
    return value;
  });
}

function isAccepted(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null && 'eventId' in value && 'eventName' in value;
}
