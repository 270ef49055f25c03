import { z } from 'zod';
import { flatMap } from './fields/flat-map.ts';
import { flag } from './fields/number-fields.ts';
import { countryCode, id, language, line, network, personId, platform, timeZone } from './fields/text-fields.ts';
import { time } from './fields/time-field.ts';
import type { VocabularyEntry } from './vocabulary/entry.ts';
import { type AnonymousEventName, type DataOf, type EventName, vocabulary } from './vocabulary.ts';

/** The network of a person where the event names none. */
export const defaultNetwork = 'default';

export const metadataSchema = z.strictObject({
  network: network.optional(),
  platform: platform.optional(),
  deviceId: id.optional(),
  deviceType: line(64).optional(),
  os: line(64).optional(),
  osVersion: line(64).optional(),
  browser: line(128).optional(),
  browserVersion: line(64).optional(),
  appVersion: line(64).optional(),
  networkType: line(64).optional(),
  city: line(100).optional(),
  region: line(100).optional(),
  countryCode: countryCode.optional(),
  timeZone: timeZone.optional(),
  language: language.optional(),
  url: line(2048).optional(),
  pathname: line(2048).optional(),
  referrer: line(2048).optional(),
  isInternal: flag.optional(),
  extra: flatMap.optional(),
});

export type Metadata = z.output<typeof metadataSchema>;

const commonFields = {
  eventId: id,
  sessionId: id.optional(),
  timestamp: time,
  sentAt: time.optional(),
  metadata: metadataSchema.optional(),
};

/** The whole event of one name as a zod schema: the source of every verdict, and of the words a refusal is told in. */
export function wholeEventSchema(eventName: EventName) {
  return envelopeSchema(eventName).extend({ eventName: z.literal(eventName), data: entryOf(eventName).data });
}

/** What all events have around their data; only machines may leave the person out. */
export function envelopeSchema(eventName: EventName) {
  const userId = entryOf(eventName).userId === 'optional' ? personId.optional() : personId;
  return z.strictObject({ ...commonFields, userId });
}

/** An entry as every entry looks, its own literals left aside. */
export function entryOf(eventName: EventName): VocabularyEntry {
  return vocabulary[eventName];
}

/** An event as its sender wrote it, once it has been checked; `data` is there even where the sender left it out. */
export type RawEvent = { [N in EventName]: RawEventOf<N> }[EventName];

export type RawEventOf<N extends EventName> = {
  eventId: string;
  eventName: N;
  userId: N extends AnonymousEventName ? string | undefined : string;
  sessionId?: string | undefined;
  timestamp: string | number;
  sentAt?: string | number | undefined;
  data: DataOf<N>;
  metadata?: Metadata | undefined;
};
