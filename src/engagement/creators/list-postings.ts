import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { engagementRules } from '../rules.ts';

const ms = z.number().int();

export const listPostingsStatement = statement('clickhouse/engagement/creators/list-postings.sql', {
  params: z.object({ accountId: z.string(), sinceMs: ms, fromMs: ms, toMs: ms, dayStartsMs: z.array(ms) }),
  row: z.object({ utcDay: ms, dayMs: ms, created: z.number(), firstMs: ms, lastMs: ms }),
});

type Params = z.input<typeof listPostingsStatement.params>;
export type Posting = z.output<typeof listPostingsStatement.row>;

export async function listPostings({ facts }: Pick<EngagementDeps, 'facts'>, params: Params): Promise<Posting[]> {
  return facts.select(listPostingsStatement, params);
}

const lookBackMs = engagementRules.lookBackDays * 86_400_000;

/** When the days begin that consistency at that moment looks at; that moment itself is not among them. */
export function lookBackStart(atMs: number): number {
  return atMs - lookBackMs;
}

/** The share of the days before with a posting. Thirty times 24 hours touch 31 days of the calendar, and all is all. */
export function consistencyAt(atMs: number, postings: readonly Posting[]): number {
  const seen = postings.filter(({ firstMs, lastMs }) => lastMs > lookBackStart(atMs) && firstMs <= atMs);
  return Math.min(1, new Set(seen.map(({ utcDay }) => utcDay)).size / engagementRules.lookBackDays);
}
