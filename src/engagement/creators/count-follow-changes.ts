import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

const ms = z.number().int();

export const countFollowChangesStatement = statement('clickhouse/engagement/creators/count-follow-changes.sql', {
  params: z.object({ accountId: z.string(), fromMs: ms, toMs: ms, dayStartsMs: z.array(ms) }),
  row: z.object({ dayMs: ms, begun: z.number(), ended: z.number() }),
});

type Params = z.input<typeof countFollowChangesStatement.params>;
export type FollowChanges = z.output<typeof countFollowChangesStatement.row>;

export async function countFollowChanges(
  { facts }: Pick<EngagementDeps, 'facts'>,
  params: Params,
): Promise<FollowChanges[]> {
  return facts.select(countFollowChangesStatement, params);
}
