import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { Excluded } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

const ms = z.number().int();

export const countExcludedOfCreatorStatement = statement(
  'clickhouse/engagement/creators/count-excluded-of-creator.sql',
  {
    params: z.object({ accountId: z.string(), fromMs: ms, toMs: ms }),
    row: z.object({ events: z.number(), accounts: z.number() }),
  },
);

type Params = z.input<typeof countExcludedOfCreatorStatement.params>;

export async function countExcludedOfCreator(
  { facts }: Pick<EngagementDeps, 'facts'>,
  params: Params,
): Promise<Excluded> {
  const [row] = await facts.select(countExcludedOfCreatorStatement, params);
  return row ?? { events: 0, accounts: 0 };
}
