import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

const ms = z.number().int();

export const countExcludedOfTiersStatement = statement('clickhouse/engagement/creators/count-excluded-of-tiers.sql', {
  params: z.object({ fromMs: ms, toMs: ms }),
  row: z.object({ events: z.number(), accounts: z.number() }),
});

export async function countExcludedOfTiers(
  { facts }: Pick<EngagementDeps, 'facts'>,
  range: AskedRange,
): Promise<Excluded> {
  const [row] = await facts.select(countExcludedOfTiersStatement, range);
  return row ?? { events: 0, accounts: 0 };
}
