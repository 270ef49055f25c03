import { z } from 'zod';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { ShareChange } from '../linking/graph-change.ts';
import { isPlaced } from './diff-post.ts';
import type { PostTruth } from './post-truth.ts';
import { findStoredPosts, type StoredPost } from './stored-posts.ts';

const place = z.object({ postId: z.string(), rootId: z.string(), depth: z.number(), linkSeq: z.number() });
const wait = z.object({ postId: z.string(), parentId: z.string(), rootHint: z.string().nullable() });

export const placePostsStatement = statement('cypher/project/reproject/place-posts.cypher', {
  params: z.object({ places: z.array(place) }),
  row: z.object({}),
});
export const waitPostsStatement = statement('cypher/project/reproject/wait-posts.cypher', {
  params: z.object({ waits: z.array(wait) }),
  row: z.object({}),
});

type Fixes = { places: Array<z.output<typeof place>>; waits: Array<z.output<typeof wait>>; relink: Set<string> };

/** The last link number given; taken on where a root has lost its own. */
export type LinkOrder = { linkSeq: number };

/**
 * Sets root and depth of misplaced posts from their parents, at the link number they have. A parent that was itself
 * misplaced is followed for a few rounds. Returns the cascades in which that is not enough, because a link number is
 * missing or out of order: they have to be linked anew.
 */
export async function placePosts(
  transaction: GraphTransaction,
  truths: ReadonlyMap<string, PostTruth>,
  order: LinkOrder,
  rounds: number,
): Promise<Set<string>> {
  const relink = new Set<string>();
  for (let round = 0; ; round += 1) {
    const fixes: Fixes = { places: [], waits: [], relink };
    const stored = await findStoredPosts(transaction, [...truths.keys()]);
    for (const post of stored.values()) addFix(fixes, truths.get(post.id), post, order);
    const { places, waits } = fixes;
    if (places.length + waits.length === 0) return relink;
    if (round === rounds) return new Set([...relink, ...places.map(({ rootId }) => rootId)]);
    if (places.length > 0) await transaction.run(placePostsStatement, { places });
    if (waits.length > 0) await transaction.run(waitPostsStatement, { waits });
  }
}

function addFix(fixes: Fixes, truth: PostTruth | undefined, stored: StoredPost, order: LinkOrder): void {
  const change = truth?.change ?? null;
  if (change === null) {
    if (stored.assumed) fixRoot(fixes, stored, order);
    return;
  }
  if (stored.state === 'stub' || stored.assumed || isPlaced(change, stored)) return;
  if (change.kind === 'post') fixRoot(fixes, stored, order);
  else fixShare(fixes, stored, change);
}

function fixRoot({ places, relink }: Fixes, { id, linkSeq, rootId, depth, state }: StoredPost, order: LinkOrder): void {
  if (state === 'linked' && rootId === id && depth === 0 && linkSeq !== null) return;
  // A root that is linked now stands behind its shares in the link order.
  if (linkSeq === null) relink.add(id);
  places.push({ postId: id, rootId: id, depth: 0, linkSeq: linkSeq ?? ++order.linkSeq });
}

function fixShare({ places, waits, relink }: Fixes, stored: StoredPost, change: ShareChange): void {
  const { id, linkSeq, rootId, parent } = stored;
  if (stored.state === 'pending' && linkSeq === null && relink.has(parent?.rootId ?? '')) return;
  if (parent?.state === 'linked' && parent.rootId !== null && parent.depth !== null && parent.linkSeq !== null) {
    const isInOrder = linkSeq !== null && linkSeq > parent.linkSeq;
    if (isInOrder) places.push({ postId: id, rootId: parent.rootId, depth: parent.depth + 1, linkSeq });
    else waits.push({ postId: id, parentId: change.parentId, rootHint: change.rootHint });
    if (!isInOrder) relink.add(parent.rootId);
  } else {
    // Whoever stands below it is in the same cascade, if it was in one.
    if (rootId !== null) relink.add(rootId);
    waits.push({ postId: id, parentId: change.parentId, rootHint: change.rootHint });
  }
}
