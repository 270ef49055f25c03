import { conversationIdOf } from './conversation-id.ts';
import { isList } from './digest/field-plan.ts';
import { defaultNetwork, entryOf, type Metadata, type RawEvent, type RawEventOf } from './envelope.ts';
import { readTimestamp } from './fields/parse-timestamp.ts';
import type { Category } from './vocabulary/entry.ts';
import { type EventName, eventNames } from './vocabulary.ts';

/** What every event has once its spellings are resolved. Accounts are undefined where the event names none. */
type Resolved = {
  eventId: string;
  category: Category;
  network: string;
  accountId: string | undefined;
  targetAccountId: string | undefined;
  userId: string | undefined;
  sessionId: string | undefined;
  /** The event's time by the server's clock, and by the client's. */
  timestampMs: number;
  clientTimestampMs: number;
  metadata: Metadata;
};

type DataDefaults = {
  post_share: { shareId: string };
  /** The conversation is unknown where the message names neither it nor a recipient. */
  message_sent: { messageId: string; conversationId: string | undefined };
};

type CanonicalData<N extends EventName> = N extends keyof DataDefaults
  ? Omit<RawEventOf<N>['data'], keyof DataDefaults[N]> & DataDefaults[N]
  : RawEventOf<N>['data'];

type CanonicalEventOf<N extends EventName> = Resolved & { eventName: N; data: CanonicalData<N> };

/** An event in its one form; told apart by `eventName`. No alias is left in `data`. */
export type CanonicalEvent = { [N in EventName]: CanonicalEventOf<N> }[EventName];

/** The same before its name and data are known to belong together. */
type Assembled = Resolved & { eventName: EventName; data: object };

type Spelling = { field: string; becomesList: boolean };
type Meaning = { category: Category; spellings: ReadonlyMap<string, Spelling> };

const meanings = new Map(eventNames.map((name): [EventName, Meaning] => [name, meaningOf(name)]));
const noMetadata: Metadata = Object.freeze({});

/** Resolves aliases, times, accounts and default ids. `timestampMs` is the time the door corrected. */
export function canonicalEvent(raw: RawEvent, timestampMs?: number): CanonicalEvent {
  const meaning = meanings.get(raw.eventName);
  const clientTimestampMs = readTimestamp(raw.timestamp);
  const metadata = raw.metadata ?? noMetadata;
  const network = metadata.network ?? defaultNetwork;
  const event: Assembled = {
    eventId: raw.eventId,
    eventName: raw.eventName,
    category: meaning?.category ?? 'system',
    network,
    accountId: raw.userId === undefined ? undefined : accountKey(network, raw.userId),
    targetAccountId: targetOf(raw, network),
    userId: raw.userId,
    sessionId: raw.sessionId,
    timestampMs: timestampMs ?? clientTimestampMs,
    clientTimestampMs,
    data: withDefaults(raw, network, meaning),
    metadata,
  };
  if (!belongsTogether(event, raw)) throw new Error(`There is no event named ${raw.eventName}`);
  return event;
}

/** Name and data both come from one checked event, so they fit each other; the compiler cannot follow them that far. */
function belongsTogether(event: Assembled, raw: RawEvent): event is CanonicalEvent {
  return event.eventName === raw.eventName && meanings.has(event.eventName);
}

/** An account's key: the user id in the default network, `network:userId` elsewhere. */
export function accountKey(network: string, userId: string): string {
  return network === defaultNetwork ? userId : `${network}:${userId}`;
}

function targetOf({ data }: RawEvent, network: string): string | undefined {
  return 'targetUserId' in data && data.targetUserId !== undefined ? accountKey(network, data.targetUserId) : undefined;
}

function withDefaults(raw: RawEvent, network: string, meaning: Meaning | undefined): object {
  if (raw.eventName === 'post_share') {
    return raw.data.shareId === undefined ? { ...raw.data, shareId: raw.eventId } : raw.data;
  }
  const data = meaning === undefined ? raw.data : withoutAliases(raw.data, meaning.spellings);
  return raw.eventName === 'message_sent' ? { ...data, ...messageDefaults(raw, network) } : data;
}

function messageDefaults({ eventId, userId, data }: RawEventOf<'message_sent'>, network: string) {
  const { recipientIds = data.recipientId === undefined ? [] : [data.recipientId] } = data;
  const people = [userId, ...recipientIds].map((person) => accountKey(network, person));
  const derived = people.length > 1 ? conversationIdOf(people) : undefined;
  return { messageId: data.messageId ?? eventId, conversationId: data.conversationId ?? derived };
}

function withoutAliases(data: Readonly<Record<string, unknown>>, spellings: Meaning['spellings']): object {
  if (spellings.size === 0) return data;
  const resolved: Record<string, unknown> = {};
  for (const name in data) {
    const spelling = spellings.get(name);
    if (spelling === undefined) resolved[name] = data[name];
    else resolved[spelling.field] = spelling.becomesList ? [data[name]] : data[name];
  }
  return resolved;
}

function meaningOf(eventName: EventName): Meaning {
  const { category, aliases = {}, data } = entryOf(eventName);
  const spellings = Object.entries(aliases).map(([alias, field]): [string, Spelling] => {
    return [alias, { field, becomesList: isList(data, field) && !isList(data, alias) }];
  });
  return { category, spellings: new Map(spellings) };
}
