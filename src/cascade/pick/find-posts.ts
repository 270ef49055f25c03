import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { LineageOf } from '../desk/messages.ts';

export const findPostsStatement = statement('clickhouse/cascade/find-posts.sql', {
  params: z.object({ rootId: z.string(), generation: z.number(), seqs: z.array(z.number()) }),
  row: z.object({
    seq: z.number(),
    postId: z.string(),
    parentId: z.string(),
    depth: z.number(),
    accountId: z.string(),
    sharedAtMs: z.number(),
  }),
});

/** A post as lineage knows it. A root that is known only from its shares has no account and no time. */
export type LineagePost = {
  seq: number;
  postId: string;
  parentPostId: string | null;
  depth: number;
  accountId: string | null;
  createdAtMs: number | null;
};

type Deps = { facts: Pick<Facts, 'select'> };

/** Posts of a cascade by their places, in the order in which they are asked for. */
export async function findPosts({ facts }: Deps, of: LineageOf, seqs: readonly number[]): Promise<LineagePost[]> {
  if (seqs.length === 0) return [];
  const { rootId, generation } = of;
  const rows = await facts.select(findPostsStatement, { rootId, generation, seqs: [...seqs] });
  const found = new Map(rows.map((row) => [row.seq, toPost(row)]));
  return seqs.map((seq) => {
    const post = found.get(seq);
    if (post === undefined) throw new Error(`lineage of ${rootId} has no post at ${seq}`);
    return post;
  });
}

function toPost(row: z.output<typeof findPostsStatement.row>): LineagePost {
  const { seq, postId, depth } = row;
  const isRoot = depth === 0;
  return {
    seq,
    postId,
    parentPostId: isRoot ? null : row.parentId,
    depth,
    accountId: row.accountId === '' ? null : row.accountId,
    createdAtMs: isRoot && row.sharedAtMs === 0 ? null : row.sharedAtMs,
  };
}
