import { checkEvent } from '../../src/event/check-event.ts';

export const nowMs = Date.parse('2026-06-01T12:00:00.000Z');

/** A share with every part an event can have; tests change one thing at a time. */
export const share = {
  eventId: 'evt_1',
  eventName: 'post_share',
  userId: 'user_1',
  sessionId: 'session_1',
  timestamp: '2026-01-01T12:00:00.000Z',
  data: { postId: 'post_1', shareId: 'post_2' },
  metadata: { network: 'default', platform: 'ios', countryCode: 'NP', timeZone: 'Asia/Kathmandu', extra: { a: 'b' } },
};

export const withData = (data: object) => ({ ...share, data: { ...share.data, ...data } });
export const withField = (fields: object) => ({ ...share, ...fields });

export function problemsOf(value: unknown): string[] {
  const verdict = checkEvent(value, { nowMs });
  return verdict.ok ? [] : verdict.problems.map(({ code, pointer }) => `${code} ${pointer}`);
}
