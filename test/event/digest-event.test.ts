import fc from 'fast-check';
import { canonicalEvent } from '../../src/event/canonical-event.ts';
import { checkEvent } from '../../src/event/check-event.ts';
import { digestEvent } from '../../src/event/digest-event.ts';
import type { RawEvent } from '../../src/event/envelope.ts';
import { parseTimestamp } from '../../src/event/fields/parse-timestamp.ts';
import { arbitraryEventWithoutSentAt as withoutSentAt } from './arbitrary-event.ts';
import { arbitraryMutation, mutate } from './mutate-event.ts';

const nowMs = Date.parse('2026-06-01T12:00:00.000Z');

function checked(value: unknown): RawEvent | undefined {
  const verdict = checkEvent(value, { nowMs });
  return verdict.ok ? verdict.event : undefined;
}

function digest(value: unknown): number {
  const event = checked(value);
  if (event === undefined) throw new Error(`${JSON.stringify(checkEvent(value, { nowMs }))} ${JSON.stringify(value)}`);
  return digestEvent(event);
}

/** What the digest stands for, written out plainly: the oracle of these tests. */
function contentOf(event: RawEvent): string {
  const { eventId, eventName, userId, sessionId, metadata } = event;
  const { timestampMs, data } = canonicalEvent(event);
  const ownIds = Object.entries(data).filter(
    ([name]) => name in event.data || !['shareId', 'messageId', 'conversationId'].includes(name),
  );
  const timed = ownIds.map(([name, value]) => [name, name === 'creationTime' ? timeOf(value) : value]);
  return JSON.stringify(
    sortKeys({ eventId, eventName, userId, sessionId, timestampMs, data: Object.fromEntries(timed), metadata }),
  );
}

function timeOf(value: unknown): unknown {
  return typeof value === 'string' ? parseTimestamp(value) : value;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, sortKeys(inner)]));
}

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}

describe('the same digest', () => {
  test('whatever the order of keys', () => {
    fc.assert(fc.property(withoutSentAt, (event) => expect(digest(reverseKeys(event))).toBe(digest(event))));
  });

  test('whatever the spelling of the time, and whenever it was sent', () => {
    const event = { eventId: 'e', eventName: 'post_like', userId: 'u', data: { postId: 'p', action: 'like' } };
    const times = ['2026-01-01T12:00:00Z', '2026-01-01T12:00:00.000Z', '2026-01-01T17:45:00+05:45', 1_767_268_800_000];
    const sent = times.map((timestamp) => digest({ ...event, timestamp, sentAt: nowMs }));
    expect(new Set([...times.map((timestamp) => digest({ ...event, timestamp })), ...sent]).size).toBe(1);
  });

  test('whatever the alias', () => {
    const event = { eventId: 'e', userId: 'u', timestamp: nowMs };
    const view = { ...event, eventName: 'post_view' };
    const message = { ...event, eventName: 'message_sent' };
    expect(digest({ ...view, data: { postId: 'p', viewDuration: 5 } })).toBe(
      digest({ ...view, data: { viewDurationMs: 5, postId: 'p' } }),
    );
    expect(digest({ ...message, data: { recipientId: 'a', messageLength: 5 } })).toBe(
      digest({ ...message, data: { recipientIds: ['a'], characterCount: 5 } }),
    );
  });

  test('without data as with an empty one', () => {
    const event = { eventId: 'e', eventName: 'page_view', userId: 'u', timestamp: nowMs };
    expect(digest(event)).toBe(digest({ ...event, data: {} }));
  });
});

describe('another digest', () => {
  test('exactly where the content differs, for any changes that leave an event well-formed', () => {
    let compared = 0;
    fc.assert(
      fc.property(withoutSentAt, arbitraryMutation, arbitraryMutation, (event, first, second) => {
        const [before, after] = [checked(mutate(event, first)), checked(mutate(event, second))];
        if (before === undefined || after === undefined) return;
        compared += 1;
        expect(digestEvent(before) === digestEvent(after)).toBe(contentOf(before) === contentOf(after));
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('of two different events', () => {
    fc.assert(
      fc.property(withoutSentAt, withoutSentAt, (one, other) => {
        const [first, second] = [checked(one), checked(other)];
        if (first === undefined || second === undefined) throw new Error('not well-formed');
        expect(digestEvent(first) === digestEvent(second)).toBe(contentOf(first) === contentOf(second));
      }),
    );
  });

  test('where values change places, letters are composed otherwise, or a list is split otherwise', () => {
    const share = { eventId: 'e', eventName: 'post_share', userId: 'u', timestamp: nowMs };
    const post = { ...share, eventName: 'post_created' };
    expect(digest({ ...share, data: { postId: 'a', shareId: 'b' } })).not.toBe(
      digest({ ...share, data: { postId: 'b', shareId: 'a' } }),
    );
    expect(digest({ ...share, data: { postId: 'é' } })).not.toBe(digest({ ...share, data: { postId: 'e\u0301' } }));
    const hashtags = [['ab', 'c'], ['a', 'bc'], ['c', 'ab'], ['abc'], []];
    const digests = hashtags.map((list) => digest({ ...post, data: { postId: 'p', hashtags: list } }));
    expect(new Set([...digests, digest({ ...post, data: { postId: 'p' } })]).size).toBe(6);
  });

  test('a hundred thousand events, none alike', () => {
    const event = {
      eventId: 'e',
      eventName: 'post_like',
      userId: 'u',
      timestamp: nowMs,
      data: { postId: 'p', action: 'like' },
    };
    const raw = checked(event);
    if (raw?.eventName !== 'post_like') throw new Error('not well-formed');
    const digests = Float64Array.from({ length: 100_000 }, (_, index) =>
      digestEvent({ ...raw, userId: `user_${index}`, data: { ...raw.data, postId: `post_${index % 1000}` } }),
    );
    expect(digests.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
    expect(new Set(digests).size).toBe(100_000);
  });
});
