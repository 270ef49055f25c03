import type { RawEvent } from '../event/envelope.ts';
import { isEventName } from '../event/vocabulary.ts';

/** An accepted event by its bytes, null where they are none that this version can read: such an event waits as a letter. */
export function readEvent(bytes: Buffer | string): RawEvent | null {
  const value = parse(bytes.toString());
  if (!isAccepted(value) || !isEventName(value.eventName)) return null;
  // Where all of `data` is optional a sender may leave it out.
  value.data ??= {};
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The door has checked every accepted event; here is only told that it is an object still. */
function isAccepted(value: unknown): value is RawEvent {
  return typeof value === 'object' && value !== null && 'eventId' in value && 'eventName' in value;
}
