import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf, timeOrNull } from '../../query/times.ts';
import type { Cascades } from '../open-cascades.ts';
import { postState } from '../read-post.ts';
import type { AccountBody } from './account-answers.ts';
import {
  countDescendants,
  type DescendantLimits,
  type Descendants,
  type DescendantsDeps,
} from './count-descendants.ts';
import { hIndex } from './h-index.ts';

export const readAccountStatement = statement('cypher/cascade/account/read-account.cypher', {
  params: z.object({ accountId: z.string() }),
  row: z.object({
    state: postState.nullable(),
    isRoot: z.boolean().nullable(),
    direct: z.number(),
    posts: z.number(),
    firstAt: z.number().nullable(),
    lastAt: z.number().nullable(),
  }),
});

export const countStartedStatement = statement('clickhouse/cascade/account/count-started.sql', {
  params: z.object({ accountId: z.string() }),
  row: z.object({ started: z.number(), shares: z.number() }),
});

type Group = z.output<typeof readAccountStatement.row>;
export type AccountDeps = DescendantsDeps & { cascades: Pick<Cascades, 'watermark'> };

/** What one account posted and shared, and what came of it. Null for an unknown one. */
export async function readAccount(
  deps: AccountDeps,
  accountId: string,
  limits: DescendantLimits,
): Promise<AccountBody | null> {
  const asOfMs = await deps.cascades.watermark();
  const groups = await deps.graph.read(readAccountStatement, { accountId });
  if (groups.length === 0) return null;
  const [started = { started: 0, shares: 0 }] = await deps.facts.select(countStartedStatement, { accountId });
  const elsewhere = await countDescendants(deps, accountId, limits);
  return {
    accountId,
    ...describePosts(groups),
    cascades: started,
    descendants: describeDescendants(started.shares, elsewhere, limits),
    asOf: timeOf(asOfMs),
  };
}

function describePosts(groups: readonly Group[]) {
  const linked = groups.filter(({ state }) => state === 'linked');
  return {
    posts: countPosts(linked.filter(({ isRoot }) => isRoot === true)),
    shares: countPosts(linked.filter(({ isRoot }) => isRoot !== true)),
    pending: countPosts(groups.filter(({ state }) => state === 'pending')),
    quarantined: countPosts(groups.filter(({ state }) => state === 'quarantined')),
    direct: linked.reduce((sum, { direct, posts }) => sum + direct * posts, 0),
    hIndex: hIndex(linked),
    firstPostAt: timeOrNull(linked.reduce((least, { firstAt }) => lesser(least, firstAt), nothing)),
    lastPostAt: timeOrNull(linked.reduce((most, { lastAt }) => greater(most, lastAt), nothing)),
  };
}

const nothing: number | null = null;

function lesser(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function greater(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function countPosts(groups: readonly Group[]): number {
  return groups.reduce((sum, { posts }) => sum + posts, 0);
}

function describeDescendants(inOwn: number, { count, cascades }: Descendants, limits: DescendantLimits) {
  const exact = cascades.counted === cascades.total;
  return { count: inOwn + count, exact, cascades, rule: exact ? wholeRule : cutRule(limits) };
}

const wholeRule = 'All shares in its own cascades, and all posts below its shares in cascades of others.';

function cutRule({ accountCascades, accountPosts }: DescendantLimits): string {
  return (
    `All shares in its own cascades, and the posts below its shares in at most ${accountCascades} cascades of others, ` +
    `those where most shares were taken from it first, as far as they have at most ${accountPosts} posts in all. ` +
    'The rest, a cascade at a time: GET /v1/cascades/{rootPostId}/spreaders?of=accounts.'
  );
}
