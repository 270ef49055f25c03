import { z } from 'zod';
import { compileValidator, type Validator } from './check/compile-validator.ts';
import { explainRefusal } from './check/explain-refusal.ts';
import { findContradictions, type Rule, rulesOf } from './check/find-contradictions.ts';
import { correctClock } from './correct-clock.ts';
import { countKeys } from './count-keys.ts';
import { entryOf, envelopeSchema, type RawEvent } from './envelope.ts';
import { earliestMs, readTimestamp } from './fields/parse-timestamp.ts';
import { readTime } from './fields/time-field.ts';
import type { Problem } from './problem.ts';
import { type EventName, eventNames } from './vocabulary.ts';

/** `keys` is the number of object keys in the item, `timestampMs` its time by the server's clock. */
export type Verdict =
  | { ok: true; event: RawEvent; timestampMs: number; keys: number }
  | { ok: false; problems: readonly Problem[] };

type Clock = { nowMs: number };
type Item = { eventName?: unknown; timestamp?: unknown; sentAt?: unknown; data?: unknown };
type Reader = { envelope: Validator; data: Validator; rules: readonly Rule[] };

/** Clocks differ, so an event may come from a little ahead of the server's. */
export const maxAheadMs = 600_000;

const withPerson = compileEnvelope('post_view');
const withoutPerson = compileEnvelope('error_occurred');

const readers = new Map<unknown, Reader>(
  eventNames.map((name) => {
    const entry = entryOf(name);
    const envelope = entry.userId === 'optional' ? withoutPerson : withPerson;
    return [name, { envelope, data: compileValidator(entry.data), rules: rulesOf(name) }];
  }),
);

/**
 * Checks one parsed item against the vocabulary. The clock is the caller's, so that the same item at the same time
 * always gets the same verdict.
 */
export function checkEvent(value: unknown, { nowMs }: Clock): Verdict {
  if (!isItem(value)) return { ok: false, problems: explainRefusal(value) };
  const reader = readers.get(value.eventName);
  if (reader === undefined) return { ok: false, problems: explainRefusal(value) };
  if (value.data === undefined) return checkWithoutData(value, reader, nowMs);
  return judge(value, reader, { nowMs, keys: countKeysIfValid(value, reader) });
}

/** Where every field of `data` is optional the whole of it may be left out; the event then carries an empty one. */
function checkWithoutData(item: Item, reader: Reader, nowMs: number): Verdict {
  const complete = { ...item, data: {} };
  const verdict = judge(complete, reader, { nowMs, keys: countKeysIfValid(complete, reader) });
  return verdict.ok ? { ...verdict, keys: verdict.keys - 1 } : verdict;
}

/** The fast path: the number of keys of an item that fits its schema, else -1. */
function countKeysIfValid(item: Item, { envelope, data }: Reader): number {
  const outside = envelope(item);
  if (outside < 0) return -1;
  const inside = data(item.data);
  return inside < 0 ? -1 : outside + inside;
}

function judge(item: Item, reader: Reader, { nowMs, keys }: Clock & { keys: number }): Verdict {
  const clientMs = readTime(item.timestamp);
  const sentAtMs = item.sentAt === undefined ? undefined : readTime(item.sentAt);
  if (Number.isNaN(clientMs) || Number.isNaN(sentAtMs) || !isAccepted(item, keys)) {
    return secondOpinion(item, reader, nowMs);
  }
  const contradictions = findContradictions(item, reader.rules);
  if (contradictions.length > 0) return { ok: false, problems: contradictions };
  const timestampMs = correctClock(clientMs, sentAtMs, nowMs);
  if (timestampMs < earliestMs || timestampMs > nowMs + maxAheadMs) return refuseTime(item, timestampMs);
  return { ok: true, event: item, timestampMs, keys };
}

/** Zod says why. Where it finds nothing to say, as of a value that JSON cannot hold, its word counts: it is the source. */
function secondOpinion(item: Item, reader: Reader, nowMs: number): Verdict {
  const problems = explainRefusal(item);
  return problems.length > 0 ? { ok: false, problems } : judge(item, reader, { nowMs, keys: countKeys(item) });
}

function refuseTime(event: RawEvent, timestampMs: number): Verdict {
  const corrected = timestampMs === readTimestamp(event.timestamp) ? '' : ', once corrected by sentAt,';
  const detail = `must${corrected} lie between 2000-01-01 and 10 minutes ahead of the server`;
  return { ok: false, problems: [{ code: 'timestamp_out_of_range', pointer: '/timestamp', detail }] };
}

/** Times are left to `judge`, which needs what they say and would read them twice; name and data have readers of their own. */
function compileEnvelope(eventName: EventName): Validator {
  const unread = z.any();
  const fields = { eventName: unread, data: unread, timestamp: unread, sentAt: unread.optional() };
  return compileValidator(envelopeSchema(eventName).extend(fields));
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the fast path accepted has the form of an event: that is what it was compiled to find out. */
function isAccepted(_item: Item, keys: number): _item is RawEvent {
  return keys >= 0;
}
