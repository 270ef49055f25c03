import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';

const count = z.number().int().nonnegative();

export const countExcludedModerationStatement = statement(
  'clickhouse/engagement/safety/count-excluded-moderation.sql',
  {
    params: z.object({ fromMs: z.number().int(), toMs: z.number().int() }),
    row: z.object({ events: count, accounts: count }),
  },
);

export async function countExcludedModeration(
  { facts }: { facts: Pick<Facts, 'select'> },
  range: AskedRange,
): Promise<Excluded> {
  const [row] = await facts.select(countExcludedModerationStatement, range);
  return row ?? { events: 0, accounts: 0 };
}
