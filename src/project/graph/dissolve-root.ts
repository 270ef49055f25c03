import { z } from 'zod';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { type Cursor, lockCursor } from './cursor.ts';
import { advanceLinkSeqStatement } from './link-waiting.ts';
import { loadDissolving } from './load-posts.ts';

export const unlinkPostsStatement = statement('cypher/project/unlink-posts.cypher', {
  params: z.object({ rootId: z.string(), limit: z.number() }),
  row: z.object({ unlinked: z.number() }),
});
export const endDissolvingStatement = statement('cypher/project/end-dissolving.cypher', {
  params: z.object({ rootId: z.string(), linkSeq: z.number() }),
  row: z.object({}),
});

type Deps = { graph: Graph };

/**
 * A provisional root turned out to be a share: its descendants wait again, a bounded number a transaction,
 * and are linked anew where the post now stands.
 */
export async function dissolveRoot(
  { graph }: Deps,
  cursor: Cursor,
  maxPosts: number,
): Promise<{ cursor: Cursor; more: boolean }> {
  return graph.transact(async (transaction) => {
    const locked = await lockCursor(transaction, cursor);
    const [rootId] = [...(await loadDissolving(transaction))].sort();
    if (rootId === undefined) return { cursor: locked, more: false };
    const [row] = await transaction.run(unlinkPostsStatement, { rootId, limit: maxPosts });
    if ((row?.unlinked ?? 0) > 0) return { cursor: locked, more: true };
    const linkSeq = locked.linkSeq + 1;
    await transaction.run(endDissolvingStatement, { rootId, linkSeq });
    await transaction.run(advanceLinkSeqStatement, { stream: cursor.stream, linkSeq });
    return { cursor: { ...locked, linkSeq }, more: true };
  });
}
