import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { engagementRules } from '../rules.ts';
import { scoreParams, scoreValues } from '../score-params.ts';

const weights = scoreParams.omit({ viewFromMs: true, bonusAbove: true, halfLifeMs: true });
const days = { fromMs: z.number(), toMs: z.number(), ...weights.shape };
const measured = { posts: z.number(), weighted: z.number() };

export const measureCreatorsStatement = statement('clickhouse/engagement/trending/measure-creators.sql', {
  params: z.object({ authorIds: z.array(z.string()), ...days }),
  row: z.object({ authorId: z.string(), ...measured }),
});
export const measureCategoriesStatement = statement('clickhouse/engagement/trending/measure-categories.sql', {
  params: z.object({ categories: z.array(z.string()), ...days }),
  row: z.object({ category: z.string(), ...measured }),
});

const dayMs = 86_400_000;

/** What a post is compared with, from its creator's past or, where there is none, from that of its category. */
export type Made = { authorId: string; category: string };

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * What a post of each creator usually receives in a window: the mean of those that received anything on the whole days of
 * UTC before the day in which the window begins, for as long as the window is. Null where nothing is known.
 */
export async function measureUsual(
  { facts }: Deps,
  made: readonly Made[],
  window: { fromMs: number; toMs: number },
): Promise<(post: Made) => number | null> {
  const toMs = Math.floor(window.fromMs / dayMs) * dayMs;
  const fromMs = toMs - engagementRules.lookBackDays * dayMs;
  const asked = { ...scoreValues, fromMs, toMs };
  const authorIds = namesOf(made, ({ authorId }) => authorId);
  const ofCreators =
    authorIds.length === 0 ? [] : await facts.select(measureCreatorsStatement, { ...asked, authorIds });
  const byAuthor = new Map(ofCreators.map((row) => [row.authorId, row.weighted / row.posts]));
  const others = made.filter(({ authorId }) => !byAuthor.has(authorId));
  const categories = namesOf(others, ({ category }) => category);
  const ofCategories =
    categories.length === 0 ? [] : await facts.select(measureCategoriesStatement, { ...asked, categories });
  const byCategory = new Map(ofCategories.map((row) => [row.category, row.weighted / row.posts]));
  const part = (window.toMs - window.fromMs) / (toMs - fromMs);
  return ({ authorId, category }) => {
    const usual = byAuthor.get(authorId) ?? byCategory.get(category);
    return usual === undefined ? null : usual * part;
  };
}

function namesOf(made: readonly Made[], of: (post: Made) => string): string[] {
  return [...new Set(made.map(of))].filter((name) => name !== '');
}
