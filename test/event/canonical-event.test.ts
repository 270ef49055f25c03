import fc from 'fast-check';
import { accountKey, type CanonicalEvent, canonicalEvent } from '../../src/event/canonical-event.ts';
import { checkEvent } from '../../src/event/check-event.ts';
import { vocabulary } from '../../src/event/vocabulary.ts';
import { arbitraryEventWithoutSentAt } from './arbitrary-event.ts';

const nowMs = Date.parse('2026-06-01T12:00:00.000Z');
const envelope = { eventId: 'evt_1', userId: 'bob', timestamp: '2026-01-01T17:45:00.000+05:45' };

function canonical(event: object, timestampMs?: number): CanonicalEvent {
  const verdict = checkEvent({ ...envelope, ...event }, { nowMs });
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems));
  return canonicalEvent(verdict.event, timestampMs);
}

test('times become UTC milliseconds, and a corrected one stands beside the client’s', () => {
  const event = { eventName: 'feed_refresh', data: {} };
  expect(canonical(event)).toMatchObject({ timestampMs: 1_767_268_800_000, clientTimestampMs: 1_767_268_800_000 });
  expect(canonical(event, 5)).toMatchObject({ timestampMs: 5, clientTimestampMs: 1_767_268_800_000 });
});

test('aliases take the name they stand for, and leave nothing behind', () => {
  expect(canonical({ eventName: 'post_view', data: { postId: 'p', viewDuration: 5000 } }).data).toEqual({
    postId: 'p',
    viewDurationMs: 5000,
  });
  expect(canonical({ eventName: 'news_article_view', data: { articleId: 'a', timeSpent: 7 } }).data).toEqual({
    articleId: 'a',
    timeSpentMs: 7,
  });
  expect(canonical({ eventName: 'message_sent', data: { recipientId: 'ann', messageLength: 50 } }).data).toEqual({
    recipientIds: ['ann'],
    characterCount: 50,
    messageId: 'evt_1',
    conversationId: 'ann:bob',
  });
});

test('a share without an id of its own is known by its event', () => {
  const shareIdOf = (data: object) => {
    const event = canonical({ eventName: 'post_share', data });
    return event.eventName === 'post_share' ? event.data.shareId : undefined;
  };
  expect(shareIdOf({ postId: 'p' })).toBe('evt_1');
  expect(shareIdOf({ postId: 'p', shareId: 's' })).toBe('s');
});

describe('the conversation of people that named none', () => {
  const conversationOf = (userId: string, data: object, network = 'default') => {
    const event = canonical({ userId, eventName: 'message_sent', data, metadata: { network } });
    return event.eventName === 'message_sent' ? event.data.conversationId : undefined;
  };

  test('is the same from both sides, and another one in another network', () => {
    expect(conversationOf('ann', { recipientId: 'bob' })).toBe('ann:bob');
    expect(conversationOf('bob', { recipientIds: ['ann'] })).toBe('ann:bob');
    expect(conversationOf('bob', { recipientIds: ['ann'] }, 'whatsapp')).toBe('whatsapp%3Aann:whatsapp%3Abob');
  });

  test('does not mix up people whose ids hold a colon', () => {
    expect(conversationOf('a:b', { recipientId: 'c' })).not.toBe(conversationOf('a', { recipientId: 'b:c' }));
  });

  test('is the given one where one is given, and unknown without any recipient', () => {
    expect(conversationOf('ann', { recipientId: 'bob', conversationId: 'c1' })).toBe('c1');
    expect(conversationOf('ann', {})).toBeUndefined();
  });
});

test('an account is the user id in the default network and carries the network elsewhere', () => {
  const follow = { eventName: 'user_follow', data: { targetUserId: 'ann', action: 'follow' } };
  expect(canonical(follow)).toMatchObject({ network: 'default', accountId: 'bob', targetAccountId: 'ann' });
  expect(canonical({ ...follow, metadata: { network: 'instagram' } })).toMatchObject({
    network: 'instagram',
    accountId: 'instagram:bob',
    targetAccountId: 'instagram:ann',
  });
  expect(accountKey('default', 'x')).toBe('x');
});

test('an event of a machine has no account', () => {
  const data = { name: 'lcp', value: 1, unit: 'ms' };
  expect(canonical({ eventName: 'performance_metric', userId: undefined, data })).toMatchObject({
    accountId: undefined,
  });
});

test('every event keeps its name, gets its category and is not changed itself', () => {
  fc.assert(
    fc.property(arbitraryEventWithoutSentAt, (event) => {
      const before = structuredClone(event);
      const { eventName, category } = canonical(event);
      expect(event).toEqual(before);
      expect({ eventName, category }).toEqual({
        eventName: event['eventName'],
        category: vocabulary[eventName].category,
      });
    }),
  );
});
