import fc from 'fast-check';
import { z } from 'zod';
import { cutSteps, leastStepSeconds, numberSteps, startOfDay, usualStep } from '../../../src/engagement/asked/steps.ts';
import type { Facts } from '../../../src/facts/facts.ts';
import { openTestFacts } from '../../setup/open-test-stores.ts';

// Summer time on both halves of the earth, half and quarter hours, a midnight that is skipped, a day that never was.
const zones = [
  'UTC',
  'Europe/Lisbon',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Asia/Beirut',
];
const dayMs = 86_400_000;

let facts: Facts;

beforeAll(() => {
  facts = openTestFacts('default');
});
afterAll(() => facts.close());

const aRange = fc
  .record({
    fromMs: fc.integer({ min: Date.UTC(2005), max: Date.UTC(2027) }),
    hours: fc.integer({ min: 1, max: 4000 }),
  })
  .map(({ fromMs, hours }) => ({ fromMs, toMs: fromMs + hours * 3_599_000 }));

describe('the steps of a range', () => {
  test('follow one another and cover it, the first and last no farther than they must', () => {
    const steps = fc.constantFrom(900, 3600, 7200, 86_400, 2 * 86_400, 7 * 86_400);
    fc.assert(
      fc.property(aRange, steps, fc.constantFrom(...zones), (range, stepSeconds, tz) => {
        const startsMs = cutSteps(range, { stepSeconds, tz });
        expect(startsMs.length).toBeLessThanOrEqual(numberSteps(range, { stepSeconds, tz }).stepCount);
        expect(startsMs[0]).toBeLessThanOrEqual(range.fromMs);
        expect(startsMs[1] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(range.fromMs);
        expect(startsMs.at(-1)).toBeLessThan(range.toMs);
        for (const [index, startMs] of startsMs.slice(1).entries()) {
          const lasted = startMs - (startsMs[index] ?? 0);
          expect(lasted).toBeGreaterThan(0);
          // The day that Samoa left out takes a whole day from a step; summer time an hour.
          expect(Math.abs(lasted - stepSeconds * 1000)).toBeLessThanOrEqual(stepSeconds % 86_400 === 0 ? dayMs : 0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each(zones)('of whole days begin in %s when the engine says that the day begins', async (tz) => {
    const days = Array.from({ length: 4 * 366 }, (_, index) => Date.UTC(2010) + index * dayMs);
    const text = `SELECT toUnixTimestamp(toDateTime(toDate(arrayJoin({days:Array(UInt32)})), {tz:String})) * 1000 AS startMs`;
    const params = z.object({ days: z.array(z.number()), tz: z.string() });
    const statement = { path: 'a test', text, params, row: z.object({ startMs: z.number() }) };
    const rows = await facts.select(statement, { days: days.map((day) => day / dayMs), tz });
    const differing = days.filter((day, index) => startOfDay(day, tz) !== rows[index]?.startMs);
    expect(differing.map((day) => new Date(day).toISOString())).toEqual([]);
  });

  test('are the least usual ones of which there are no more than wanted', () => {
    expect(usualStep({ fromMs: 0, toMs: 3_600_000 }, 'UTC', 100)).toBe(60);
    expect(usualStep({ fromMs: 0, toMs: 30 * dayMs }, 'UTC', 100)).toBe(43_200);
    expect(usualStep({ fromMs: 0, toMs: 50 * 365 * dayMs }, 'UTC', 100)).toBe(31_536_000);
    expect(leastStepSeconds({ fromMs: 500, toMs: 10_500 }, 'UTC', 10)).toBe(2);
  });
});
