import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';

export const countExcludedEngagementStatement = statement(
  'clickhouse/engagement/trending/count-excluded-engagement.sql',
  {
    params: z.object({ fromMs: z.number(), toMs: z.number() }),
    row: z.object({ events: z.number(), accounts: z.number() }),
  },
);

/** What a window of whole quarters leaves out, as the tally counted it. */
export async function countExcludedEngagement(
  { facts }: { facts: Pick<Facts, 'select'> },
  window: AskedRange,
): Promise<Excluded> {
  const [row] = await facts.select(countExcludedEngagementStatement, window);
  return row ?? { events: 0, accounts: 0 };
}
