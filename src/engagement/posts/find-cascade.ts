import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findCascadeStatement = statement('clickhouse/engagement/posts/find-cascade.sql', {
  params: z.object({ postId: z.string() }),
  row: z.object({ rootId: z.string(), posts: z.number().nullable(), structuralVirality: z.number().nullable() }),
});

/** The cascade of a post; `structuralVirality` is null until it was measured. */
export type EngagedCascade = { rootId: string; posts: number; structuralVirality: number | null };

/** Null until the post is linked. */
export async function findCascade(
  { facts }: { facts: Pick<Facts, 'select'> },
  postId: string,
): Promise<EngagedCascade | null> {
  const [found] = await facts.select(findCascadeStatement, { postId });
  return found === undefined ? null : { ...found, posts: found.posts ?? 0 };
}
