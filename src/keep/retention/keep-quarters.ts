import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement, withNames } from '../../query/statement.ts';

const none = z.object({});

export const findQuartersTtlStatement = statement('clickhouse/keep/retention/find-quarters-ttl.sql', {
  params: none,
  row: z.object({ engine: z.string() }),
});
export const keepQuartersStatement = statement('clickhouse/keep/retention/keep-quarters.sql', {
  params: none,
  row: none,
});
export const keepQuartersForEverStatement = statement('clickhouse/keep/retention/keep-quarters-for-ever.sql', {
  params: none,
  row: none,
});

const written = /TTL quarter \+ toIntervalDay\((\d+)\)/;

/** What would be changed of how long the table is kept, in words; nothing where it is so already. 0 days are for ever. */
export async function planQuarters({ facts }: { facts: Pick<Facts, 'select'> }, days: number): Promise<string[]> {
  const [found] = await facts.select(findQuartersTtlStatement, {});
  const held = Number(written.exec(found?.engine ?? '')?.[1] ?? 0);
  return held === days ? [] : [`engagement_quarters ${days === 0 ? 'for ever' : `for ${days} days`}`];
}

/** Whoever adds to the table is not concerned: sums by the day were taken when the rows came in. */
export async function keepQuarters(
  { facts }: { facts: Pick<Facts, 'select' | 'run'> },
  days: number,
): Promise<string[]> {
  const planned = await planQuarters({ facts }, days);
  if (planned.length === 0) return [];
  if (days === 0) await facts.run(keepQuartersForEverStatement, {});
  else {
    // The settings let nothing through but a whole number.
    await facts.run(withNames(keepQuartersStatement, { days: String(days) }), {});
  }
  return planned;
}
