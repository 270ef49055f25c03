import { entryOf } from './envelope.ts';
import type { FactsMeaning } from './vocabulary/entry.ts';
import { type EventName, eventNames } from './vocabulary.ts';

/** What is seen, heard and done in passing: kept raw for a while and in sums for ever. */
export const passingKinds = [
  'session',
  'navigation',
  'profile_view',
  'view',
  'ad',
  'like',
  'save',
  'comment',
  'discovery',
  'story',
  'media',
  'news',
  'trending',
  'search',
  'experiment',
  'error',
  'performance',
] as const satisfies FactsMeaning[];

/** What may be given a time, and is kept for ever where none is named. */
export const lastingKinds = [
  'friendship',
  'community',
  'conversation',
  'message',
  'message_status',
  'topic',
] as const satisfies FactsMeaning[];

/** Other kinds never expire: posts, people, consent and what was moderated are what everything else is about. */
export const expiringKinds = [...passingKinds, ...lastingKinds] as const;

export type ExpiringKind = (typeof expiringKinds)[number];

/** The events of a kind; none that the graph is made of. */
export function eventsOfKind(kind: ExpiringKind): EventName[] {
  return eventNames.filter((name) => entryOf(name).facts === kind && entryOf(name).graph === 'none');
}
