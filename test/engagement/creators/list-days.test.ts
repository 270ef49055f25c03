import { listDays, listDaysBefore } from '../../../src/engagement/creators/list-days.ts';

const hours = ({ startMs, endMs }: { startMs: number; endMs: number }) => (endMs - startMs) / 3_600_000;

function days(from: string, to: string, tz: string) {
  return listDays({ fromMs: Date.parse(from), toMs: Date.parse(to), tz, atMost: 400 }) ?? [];
}

describe('the days of a time zone', () => {
  test.each([
    { tz: 'UTC', at: '2026-03-29T00:00:00Z', day: '2026-03-29', length: 24, start: '2026-03-29T00:00:00.000Z' },
    {
      tz: 'Europe/Lisbon',
      at: '2026-03-29T12:00:00Z',
      day: '2026-03-29',
      length: 23,
      start: '2026-03-29T00:00:00.000Z',
    },
    {
      tz: 'America/New_York',
      at: '2025-11-02T12:00:00Z',
      day: '2025-11-02',
      length: 25,
      start: '2025-11-02T04:00:00.000Z',
    },
    {
      tz: 'Asia/Kolkata',
      at: '2026-01-01T18:30:00Z',
      day: '2026-01-02',
      length: 24,
      start: '2026-01-01T18:30:00.000Z',
    },
    {
      tz: 'Australia/Lord_Howe',
      at: '2025-10-05T02:00:00Z',
      day: '2025-10-05',
      length: 23.5,
      start: '2025-10-04T13:30:00.000Z',
    },
    // This day begins at one o'clock.
    {
      tz: 'Africa/Cairo',
      at: '2026-04-24T12:00:00Z',
      day: '2026-04-24',
      length: 23,
      start: '2026-04-23T22:00:00.000Z',
    },
    // The day before this one was never there.
    {
      tz: 'Pacific/Apia',
      at: '2011-12-30T12:00:00Z',
      day: '2011-12-31',
      length: 24,
      start: '2011-12-30T10:00:00.000Z',
    },
  ])('$tz at $at', ({ tz, at, day, length, start }) => {
    const found = days(at, new Date(Date.parse(at) + 1).toISOString(), tz);
    expect(found.map((one) => one.day)).toEqual([day]);
    expect(found.map(hours)).toEqual([length]);
    expect(found.map(({ startMs }) => new Date(startMs).toISOString())).toEqual([start]);
  });

  test('follow one another without a gap over a year, and so do those before', () => {
    const year = days('2025-01-01T05:00:00Z', '2026-01-01T05:00:00Z', 'America/New_York');
    expect(year).toHaveLength(365);
    expect(year.slice(1).map(({ startMs }) => startMs)).toEqual(year.slice(0, -1).map(({ endMs }) => endMs));
    const last = year.at(-1)?.startMs ?? 0;
    expect(listDaysBefore(last, { tz: 'America/New_York', count: 364 })).toEqual(year.slice(0, -1));
  });

  test('are no list where they are too many', () => {
    const asked = { fromMs: 0, toMs: 86_400_000 * 3, tz: 'UTC' };
    expect(listDays({ ...asked, atMost: 3 })).toHaveLength(3);
    expect(listDays({ ...asked, atMost: 2 })).toBeNull();
  });
});
