import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { Made } from './measure-usual.ts';

export const findMakersStatement = statement('clickhouse/engagement/trending/find-makers.sql', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: z.object({ postId: z.string(), authorId: z.string(), category: z.string() }),
});

/** Who made some posts, and of which category they are; of what was only met nothing is known. */
export async function findMakers(
  { facts }: { facts: Pick<Facts, 'select'> },
  postIds: readonly string[],
): Promise<ReadonlyMap<string, Made>> {
  if (postIds.length === 0) return new Map();
  const rows = await facts.select(findMakersStatement, { postIds: [...postIds] });
  return new Map(rows.map(({ postId, authorId, category }) => [postId, { authorId, category }]));
}
