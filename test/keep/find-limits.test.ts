import { readConfig } from '../../src/config.ts';
import { findLimits } from '../../src/keep/retention/find-limits.ts';

const stores = {
  NEO4J_URL: 'bolt://a',
  NEO4J_PASSWORD: 'b',
  CLICKHOUSE_URL: 'http://c',
  CLICKHOUSE_PASSWORD: 'd',
  REDIS_URL: 'redis://e',
};
const nowMs = Date.UTC(2026, 5, 15, 13, 30);

function limitsOf(variables: Record<string, string>): Map<string, string> {
  const { days } = readConfig({ ...stores, ...variables }).retention;
  const { eventNames, beforeMs } = findLimits(days, nowMs);
  return new Map(eventNames.map((name, at) => [name, new Date(beforeMs[at] ?? 0).toISOString()]));
}

describe('how long events are kept', () => {
  test('is 800 whole days for what passes, and for ever for the rest', () => {
    const limits = limitsOf({});
    expect(limits.get('post_view')).toBe('2024-04-06T00:00:00.000Z');
    expect([...new Set(limits.values())]).toHaveLength(1);
    const lasting = ['post_created', 'post_share', 'post_deleted', 'post_updated', 'user_follow', 'user_registered'];
    for (const name of [...lasting, 'user_updated', 'message_sent']) expect(limits.has(name)).toBe(false);
  });

  test('is told kind by kind', () => {
    const limits = limitsOf({ RETENTION_DAYS: 'view=0, like=40,message=100' });
    expect(limits.has('post_view')).toBe(false);
    expect([limits.get('post_like'), limits.get('message_sent')]).toEqual([
      '2026-05-06T00:00:00.000Z',
      '2026-03-07T00:00:00.000Z',
    ]);
    expect(limits.get('post_save')).toBe('2024-04-06T00:00:00.000Z');
  });

  test.each(['post=100', 'consent=100', 'view', 'view=3', 'view=many', 'nothing=100'])('%s is refused', (text) => {
    expect(() => limitsOf({ RETENTION_DAYS: text })).toThrow(/RETENTION_DAYS/);
  });
});
