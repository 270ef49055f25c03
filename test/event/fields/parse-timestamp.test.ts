import fc from 'fast-check';
import { parseTimestamp, readTimestamp } from '../../../src/event/fields/parse-timestamp.ts';

const anyTime = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

test('reads what JavaScript writes', () => {
  fc.assert(
    fc.property(anyTime, (date) => expect(parseTimestamp(date.toISOString())).toBe(date.getTime())),
    { numRuns: 2000 },
  );
});

test('an offset moves the time by as much', () => {
  const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  fc.assert(
    fc.property(anyTime, offset, (date, [sign, hours, minutes]) => {
      const zone = `${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
      const moveMs = (hours * 60 + minutes) * (sign === '+' ? -60_000 : 60_000);
      expect(parseTimestamp(date.toISOString().replace('Z', zone))).toBe(date.getTime() + moveMs);
    }),
  );
});

test.each([
  ['2026-01-01T12:00:00Z', 1_767_268_800_000],
  ['2026-01-01t12:00:00z', 1_767_268_800_000],
  ['2026-01-01T12:00:00.1Z', 1_767_268_800_100],
  ['2026-01-01T12:00:00.999999999Z', 1_767_268_800_999],
  ['2026-01-01T17:45:00.123456+05:45', 1_767_268_800_123],
  ['2026-01-01T12:00:00-00:00', 1_767_268_800_000],
  ['2024-02-29T00:00:00Z', 1_709_164_800_000],
])('%s is %d', (text, expectedMs) => expect(parseTimestamp(text)).toBe(expectedMs));

test.each([
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:60Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+00:60',
  '2026-01-01T00:00:00+0545',
  '2026-01-01T00:00:00',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00Z',
  '2026-01-01',
  '20260101T000000Z',
  '2026-W01-1T00:00:00Z',
  '+12026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.Z',
  '2026-01-01T00:00:00.1234567890Z',
  '2026-01-01T00:00:00,5Z',
  '2026-01-01T00:00:00Zz',
  ' 2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00ZZZZZZ',
  '2026-01-01Z00:00:00Z',
  '٢٠٢٦-01-01T00:00:00Z',
  'now',
  '',
  '-001-01-01T00:00:00Z',
  '2026-01-01T-1:00:00Z',
])('%j is no time', (text) => expect(parseTimestamp(text)).toBeNaN());

test('numbers are whole epoch milliseconds', () => {
  expect(readTimestamp(1_767_268_800_000)).toBe(1_767_268_800_000);
  expect(readTimestamp(0.5)).toBeNaN();
  expect(readTimestamp(Number.POSITIVE_INFINITY)).toBeNaN();
});
