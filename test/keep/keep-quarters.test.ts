import { z } from 'zod';
import type { Facts } from '../../src/facts/facts.ts';
import { keepQuarters, planQuarters } from '../../src/keep/retention/keep-quarters.ts';
import { openFreshFacts } from '../setup/open-test-stores.ts';

let facts: Facts;
beforeAll(async () => {
  ({ facts } = await openFreshFacts());
});
afterAll(() => facts.close());

async function sumViews(table: string): Promise<number> {
  const statement = { path: table, text: `SELECT sum(views) AS views FROM ${table}`, params: z.object({}) };
  const [row] = await facts.select({ ...statement, row: z.object({ views: z.number() }) }, {});
  return row?.views ?? 0;
}

test('sums by the quarter of an hour are kept for the days that were asked for, sums by the day for ever', async () => {
  await facts.command(`
    INSERT INTO engagement_quarters (quarter, post_id, views)
    SELECT toStartOfFifteenMinutes(now() - INTERVAL number * 50 DAY), 'p', 1 FROM numbers(3)`);
  expect(await planQuarters({ facts }, 0)).toEqual([]);
  expect(await planQuarters({ facts }, 90)).toEqual(['engagement_quarters for 90 days']);
  expect(await keepQuarters({ facts }, 90)).toHaveLength(1);
  expect(await keepQuarters({ facts }, 90)).toEqual([]);
  await facts.command('OPTIMIZE TABLE engagement_quarters FINAL');
  expect([await sumViews('engagement_quarters'), await sumViews('engagement_days')]).toEqual([2, 3]);
  expect(await keepQuarters({ facts }, 30)).toHaveLength(1);
  expect(await keepQuarters({ facts }, 0)).toEqual(['engagement_quarters for ever']);
  expect(await planQuarters({ facts }, 0)).toEqual([]);
}, 20_000);
