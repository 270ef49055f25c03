import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';

const ms = z.number().int();

export const countFollowersStatement = statement('clickhouse/engagement/creators/count-followers.sql', {
  params: z.object({ accountId: z.string(), momentsMs: z.array(ms) }),
  row: z.object({ atMs: ms, followers: z.number().int().nonnegative() }),
});

type Params = z.input<typeof countFollowersStatement.params>;
type Followers = z.output<typeof countFollowersStatement.row>;

export async function countFollowers({ facts }: Pick<EngagementDeps, 'facts'>, params: Params): Promise<Followers[]> {
  return facts.select(countFollowersStatement, params);
}
