import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from './asked-range.ts';

const count = z.number().int().nonnegative();

export const countExcludedStatement = statement('clickhouse/engagement/count-excluded.sql', {
  params: z.object({ eventNames: z.array(z.string()), fromMs: z.number().int(), toMs: z.number().int() }),
  row: z.object({ events: count, accounts: count }),
});

/** The events of some kinds in a range that an answer excludes, and by how many accounts they are. */
export async function countExcluded(
  { facts }: { facts: Pick<Facts, 'select'> },
  search: AskedRange & { eventNames: string[] },
): Promise<Excluded> {
  const [row] = await facts.select(countExcludedStatement, search);
  return row ?? { events: 0, accounts: 0 };
}
