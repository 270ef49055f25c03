import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { findCascade } from './find-cascade.ts';
import type { CascadeEngagement } from './post-answers.ts';

const count = z.number();

export const readCascadeTotalsStatement = statement('clickhouse/engagement/posts/read-cascade-totals.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({
    posts: count,
    firstDayMs: count,
    impressions: count,
    views: count,
    likes: count,
    saves: count,
    comments: count,
    shares: count,
    watchMs: count,
    completionMillionths: count,
    completions: count,
  }),
});

type Outcome =
  | { kind: 'found'; answer: CascadeEngagement }
  | { kind: 'not_a_root'; rootPostId: string }
  | { kind: 'not_found' };

/** What all posts of a cascade received since it began, from the sums by day. */
export async function readCascadeTotals(
  deps: Pick<EngagementDeps, 'facts' | 'asOf' | 'wholeFrom'>,
  rootPostId: string,
): Promise<Outcome> {
  const asOf = await deps.asOf();
  const [wholeFromMs, cascade, [totals]] = await Promise.all([
    deps.wholeFrom(),
    findCascade(deps, rootPostId),
    deps.facts.select(readCascadeTotalsStatement, { rootId: rootPostId }),
  ]);
  if (cascade === null || totals === undefined) return { kind: 'not_found' };
  if (cascade.rootId !== rootPostId) return { kind: 'not_a_root', rootPostId: cascade.rootId };
  const { posts, firstDayMs, watchMs, completionMillionths, completions, ...counts } = totals;
  const { views, likes, comments, shares } = counts;
  const answer = {
    rootPostId,
    asOf,
    exact: true as const,
    final: firstDayMs > 0 && firstDayMs < wholeFromMs,
    posts,
    ...counts,
    watchSeconds: watchMs / 1000,
    completionRate: completions === 0 ? null : completionMillionths / 1e6 / completions,
    engagementRate: views === 0 ? null : (likes + comments + shares) / views,
  };
  return { kind: 'found', answer };
}
