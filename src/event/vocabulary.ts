import type { z } from 'zod';
import { contentEvents } from './vocabulary/content.ts';
import { discoveryEvents } from './vocabulary/discovery.ts';
import { messagingEvents } from './vocabulary/messaging.ts';
import { peopleEvents } from './vocabulary/people.ts';
import { sessionEvents } from './vocabulary/sessions.ts';
import { systemEvents } from './vocabulary/system.ts';

/** Every event there is, by name. A new event is one more entry in the file of its topic. */
export const vocabulary = {
  ...contentEvents,
  ...peopleEvents,
  ...discoveryEvents,
  ...sessionEvents,
  ...messagingEvents,
  ...systemEvents,
};

type Vocabulary = typeof vocabulary;

export type EventName = keyof Vocabulary;

export type DataOf<N extends EventName> = z.output<Vocabulary[N]['data']>;

/** The events a machine may report without a person. */
export type AnonymousEventName = {
  [N in EventName]: Vocabulary[N] extends { userId: 'optional' } ? N : never;
}[EventName];

export const eventNames: readonly EventName[] = Object.keys(vocabulary).filter(isEventName);

/** The name that a text is but for its case and the spaces around it. */
export function nearName(text: string): EventName | undefined {
  const name = text.trim().toLowerCase();
  return isEventName(name) ? name : undefined;
}

export function isEventName(text: unknown): text is EventName {
  return typeof text === 'string' && Object.hasOwn(vocabulary, text);
}
