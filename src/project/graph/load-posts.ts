import { z } from 'zod';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import { draftOf, type PostDraft } from '../linking/post-draft.ts';
import { knownPostRow } from './known-post-row.ts';

export const findPostsStatement = statement('cypher/project/find-posts.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: knownPostRow,
});

export const findAncestorsStatement = statement('cypher/project/find-ancestors.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: knownPostRow,
});

export const findDissolvingStatement = statement('cypher/project/find-dissolving.cypher', {
  params: z.object({}),
  row: z.object({ rootId: z.string() }),
});

/** Every post the batch names, and what stands above those through which a ring could close. */
export async function loadPosts(
  transaction: GraphTransaction,
  changes: readonly GraphChange[],
): Promise<Map<string, PostDraft>> {
  const posts = new Map<string, PostDraft>();
  for (const post of await transaction.run(findPostsStatement, { postIds: namedPosts(changes) })) {
    posts.set(post.id, draftOf(post));
  }
  const postIds = ringStarts(posts, changes);
  if (postIds.length === 0) return posts;
  for (const post of await transaction.run(findAncestorsStatement, { postIds })) {
    if (!posts.has(post.id)) posts.set(post.id, draftOf(post));
  }
  return posts;
}

export async function loadDissolving(transaction: GraphTransaction): Promise<Set<string>> {
  const rows = await transaction.run(findDissolvingStatement, {});
  return new Set(rows.map((row) => row.rootId));
}

/** Sorted, so that two runs over the same batch ask for the same locks in the same order. */
function namedPosts(changes: readonly GraphChange[]): string[] {
  const ids = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'follow') continue;
    ids.add(change.postId);
    if (change.kind === 'share') ids.add(change.parentId);
  }
  return [...ids].sort();
}

/**
 * Stored posts from which a walk upwards may come back to a share of this batch: parents that are pending, and parents
 * below a provisional root whose own event is here. A share that nobody named before can close no ring.
 */
function ringStarts(posts: ReadonlyMap<string, PostDraft>, changes: readonly GraphChange[]): string[] {
  const shares = changes.filter((change) => change.kind === 'share');
  const parents = new Set(shares.map((share) => share.parentId));
  const closing = new Set(shares.map((share) => share.postId).filter((id) => posts.has(id) || parents.has(id)));
  if (closing.size === 0) return [];
  const starts = [...parents].filter((id) => {
    const parent = posts.get(id);
    if (parent === undefined || parent.parentId === null) return false;
    return parent.state === 'pending' || (parent.rootId !== null && closing.has(parent.rootId));
  });
  return starts.sort();
}
