import fc from 'fast-check';
import { checkEvent, maxAheadMs } from '../../src/event/check-event.ts';
import { countKeys } from '../../src/event/count-keys.ts';
import { eventNames } from '../../src/event/vocabulary.ts';
import { arbitraryEventWithoutSentAt, without } from './arbitrary-event.ts';
import { seedExamples } from './seed-examples.ts';
import { nowMs, problemsOf, share, withData, withField } from './share-event.ts';

describe('accepted', () => {
  test.each(seedExamples)('$eventName $data as older clients send it', (example) => {
    expect(problemsOf(example)).toEqual([]);
  });

  test('every well-formed event, with the number of its keys', () => {
    fc.assert(
      fc.property(arbitraryEventWithoutSentAt, (event) => {
        expect(checkEvent(event, { nowMs })).toMatchObject({ ok: true, keys: countKeys(event) });
        expect(checkEvent({ ...event, sentAt: undefined }, { nowMs })).toMatchObject({ ok: true });
      }),
    );
  });

  test('an event without data where all of it is optional', () => {
    const event = without(withField({ eventName: 'page_view' }), 'data');
    expect(checkEvent(event, { nowMs })).toMatchObject({ ok: true, keys: countKeys(event), event: { data: {} } });
  });

  test.each(['error_occurred', 'performance_metric'])('%s without a person', (eventName) => {
    const event = without(withField({ eventName, data: dataOfMachine(eventName) }), 'userId');
    expect(problemsOf(event)).toEqual([]);
  });

  test('emoji, joiners and right-to-left text in ids, exactly as sent', () => {
    const postId = '👩\u200d👧 שלום नेपाल';
    expect(checkEvent(withData({ postId }), { nowMs })).toMatchObject({ event: { data: { postId } } });
  });

  test('128 characters count as characters, not as their halves', () => {
    expect(problemsOf(withData({ postId: '😀'.repeat(128) }))).toEqual([]);
    expect(problemsOf(withData({ postId: '😀'.repeat(129) }))).toEqual(['too_long /data/postId']);
  });
});

function dataOfMachine(eventName: string): object {
  return eventName === 'error_occurred'
    ? { type: 'TypeError', severity: 'high' }
    : { name: 'lcp', value: 1.5, unit: 'ms' };
}

describe('times', () => {
  test.each([
    ['1850-01-01T00:00:00Z', 'timestamp_out_of_range'],
    ['1969-12-31T23:59:59Z', 'timestamp_out_of_range'],
    ['2106-02-07T06:28:16Z', 'timestamp_out_of_range'],
    ['2200-01-01T00:00:00Z', 'timestamp_out_of_range'],
    [new Date(nowMs + 3_600_000).toISOString(), 'timestamp_out_of_range'],
    [nowMs + maxAheadMs + 1, 'timestamp_out_of_range'],
    [1_767_268_800, 'timestamp_out_of_range'],
    [-1, 'timestamp_out_of_range'],
    [1_767_268_800_000.5, 'invalid_timestamp'],
    ['1767268800000', 'invalid_timestamp'],
    ['2026-02-30T00:00:00Z', 'invalid_timestamp'],
    ['2026-01-01T00:00:00+99:99', 'invalid_timestamp'],
    ['2016-12-31T23:59:60Z', 'invalid_timestamp'],
    ['2026-01-01T00:00:00', 'invalid_timestamp'],
    ['2026-01-01', 'invalid_timestamp'],
    ['', 'invalid_timestamp'],
    [null, 'wrong_type'],
    [{}, 'wrong_type'],
  ])('%j', (timestamp, code) => {
    expect(problemsOf(withField({ timestamp }))).toEqual([`${code} /timestamp`]);
  });

  test('ten minutes ahead are still accepted, and the year 2000 is', () => {
    expect(problemsOf(withField({ timestamp: nowMs + maxAheadMs }))).toEqual([]);
    expect(problemsOf(withField({ timestamp: '2000-01-01T00:00:00Z' }))).toEqual([]);
  });

  test('a clock that is off is corrected by sentAt before its range is checked', () => {
    const hourMs = 3_600_000;
    const ahead = withField({ timestamp: nowMs + hourMs - 5000, sentAt: new Date(nowMs + hourMs).toISOString() });
    expect(checkEvent(ahead, { nowMs })).toMatchObject({ ok: true, timestampMs: nowMs - 5000 });
    const near = withField({ timestamp: nowMs - 5000, sentAt: nowMs - 60_000 });
    expect(checkEvent(near, { nowMs })).toMatchObject({ ok: true, timestampMs: nowMs - 5000 });
    const beyond = withField({ timestamp: '2000-01-01T00:00:00Z', sentAt: nowMs + hourMs });
    expect(problemsOf(beyond)).toEqual(['timestamp_out_of_range /timestamp']);
  });
});

describe('fields that contradict each other', () => {
  test('an alias beside the name it stands for', () => {
    const view = { ...share, eventName: 'post_view', data: { postId: 'p', viewDuration: 1, viewDurationMs: 1 } };
    expect(problemsOf(view)).toEqual(['alias_conflict /data/viewDuration']);
  });

  test('a share of itself, by shareId or by the event id', () => {
    expect(problemsOf(withData({ shareId: 'post_1' }))).toEqual(['self_share /data/postId']);
    expect(problemsOf(withField({ data: { postId: 'evt_1' } }))).toEqual(['self_share /data/postId']);
  });

  test('a flag on nothing', () => {
    expect(problemsOf({ ...share, eventName: 'content_flagged', data: {} })).toEqual(['missing_field /data/postId']);
  });
});

test('nothing breaks on any value, and every refusal gives a reason', () => {
  const named = fc.tuple(fc.constantFrom(...eventNames), fc.dictionary(fc.string(), fc.anything()));
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        named.map(([eventName, fields]) => ({ ...fields, eventName })),
      ),
      (value) => {
        const verdict = checkEvent(value, { nowMs });
        expect(verdict.ok || verdict.problems.length > 0).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});
