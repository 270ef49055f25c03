import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findPostStatement = statement('clickhouse/engagement/posts/find-post.sql', {
  params: z.object({ postId: z.string() }),
  row: z.object({ authorId: z.string(), firstAtMs: z.number().nullable(), lastAtMs: z.number().nullable() }),
});

/** A post that engagement is asked of. `authorId` is null where only its engagement is known. */
export type EngagedPost = { authorId: string | null; firstAtMs: number | null; lastAtMs: number | null };

type Deps = { facts: Pick<Facts, 'select'> };

/** Null where nobody has made such a post, nor met it. */
export async function findPost({ facts }: Deps, postId: string): Promise<EngagedPost | null> {
  const [found] = await facts.select(findPostStatement, { postId });
  if (found === undefined || (found.authorId === '' && found.firstAtMs === null)) return null;
  return { ...found, authorId: found.authorId || null };
}
