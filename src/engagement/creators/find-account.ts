import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

export const findAccountStatement = statement('clickhouse/engagement/creators/find-account.sql', {
  params: z.object({ accountId: z.string() }),
  row: z.object({ known: z.union([z.boolean(), z.number()]).transform(Boolean) }),
});

export async function findAccount({ facts }: Pick<EngagementDeps, 'facts'>, accountId: string): Promise<boolean> {
  const [row] = await facts.select(findAccountStatement, { accountId });
  return row?.known ?? false;
}
