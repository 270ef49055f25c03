/** What is counted of the items of one event name in one day. */
export const counters = [
  'accepted',
  'duplicate',
  'conflict',
  'rejected',
  'unknownNames',
  'correctedWithin5Minutes',
  'correctedWithin1Hour',
  'correctedWithin1Day',
  'correctedBeyond1Day',
  'lateOver1Hour',
  'lateOver1Day',
  'lateBeforeWindow',
] as const;

export type Counter = (typeof counters)[number];

/** The items that have no name of the vocabulary, nor one that differs from it in case or spaces only. */
export const otherName = 'other';

/** Numbers by field, as a day of the log keeps them. */
export type Counts = ReadonlyMap<string, number>;

export type Field = { eventName: string } & ({ counter: Counter } | { code: string; pointer: string });

export function counterField(eventName: string, counter: Counter): string {
  return `${eventName} ${counter}`;
}

/** Neither names nor codes nor the pointers of fields hold a space. */
export function refusalField(eventName: string, code: string, pointer: string): string {
  return `${eventName} ${code} ${pointer}`;
}

/** Undefined for what another version of the service may have counted. */
export function readField(text: string): Field | undefined {
  const [eventName = '', word = '', pointer] = text.split(' ');
  if (pointer !== undefined) return { eventName, code: word, pointer };
  const counter = counters.find((name) => name === word);
  return counter === undefined ? undefined : { eventName, counter };
}
