import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';

const linkedRow = z.object({
  linkSeq: z.number(),
  postId: z.string(),
  parentId: z.string().nullable(),
  rootId: z.string(),
  depth: z.number(),
  accountId: z.string().nullable(),
  createdAt: z.number().nullable(),
  acceptSeq: z.number().nullable(),
});

export const findLinkedStatement = statement('cypher/project/find-linked.cypher', {
  params: z.object({ after: z.number(), upTo: z.number(), limit: z.number() }),
  row: linkedRow,
});
export const findRootChangesStatement = statement('cypher/project/find-root-changes.cypher', {
  params: z.object({ after: z.number(), upTo: z.number(), limit: z.number() }),
  row: z.object({ linkSeq: z.number(), rootId: z.string() }),
});
export const findCascadeLinkedStatement = statement('cypher/project/find-cascade-linked.cypher', {
  params: z.object({ rootId: z.string(), after: z.number(), upTo: z.number(), limit: z.number() }),
  row: linkedRow,
});

/** A linked post as the graph gives it, in link order. */
export type LinkedPost = z.output<typeof linkedRow>;

/** The next stretch of the link order: posts up to the next cascade that has to be written anew, or that cascade. */
export type Stretch =
  | { kind: 'posts'; posts: LinkedPost[]; first: number; last: number }
  | { kind: 'rewrite'; rootId: string; linkSeq: number }
  | { kind: 'none' };

/**
 * Nothing beyond `upTo`, up to which every transaction has returned: while one commits, a scan sees some of its posts and
 * not yet others, in no order, and a post that was passed over would never be looked at again.
 */
export async function nextStretch(
  graph: Graph,
  { after, upTo }: { after: number; upTo: number },
  limit: number,
): Promise<Stretch> {
  const [change] = await graph.read(findRootChangesStatement, { after, upTo, limit: 1 });
  const linked = await graph.read(findLinkedStatement, { after, upTo, limit });
  const posts = change === undefined ? linked : linked.filter((post) => post.linkSeq < change.linkSeq);
  const [first] = posts;
  const last = posts.at(-1);
  if (first !== undefined && last !== undefined) {
    return { kind: 'posts', posts, first: first.linkSeq, last: last.linkSeq };
  }
  if (change !== undefined) return { kind: 'rewrite', ...change };
  return { kind: 'none' };
}
