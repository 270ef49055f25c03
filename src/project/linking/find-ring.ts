import type { PostDraft } from './post-draft.ts';

/**
 * The ring that the edge from `share` to its parent closes, or null.
 * A walk follows parents, of which a post has at most one, so it ends at a post without one or back at `share`.
 */
export function findRing(posts: ReadonlyMap<string, PostDraft>, share: PostDraft): PostDraft[] | null {
  const members = [share];
  let next = share.parentId;
  while (next !== null) {
    if (next === share.id) return members;
    const post = posts.get(next);
    if (post === undefined) return null;
    members.push(post);
    next = post.parentId;
  }
  return null;
}

/** The member that gives way is the same whichever of them came last: the greatest (createdAt, id). */
export function chooseQuarantined(ring: readonly PostDraft[]): PostDraft {
  return ring.reduce((greatest, member) => (isGreater(member, greatest) ? member : greatest));
}

function isGreater(left: PostDraft, right: PostDraft): boolean {
  const leftAt = left.createdAt ?? 0;
  const rightAt = right.createdAt ?? 0;
  if (leftAt !== rightAt) return leftAt > rightAt;
  return Buffer.compare(Buffer.from(left.id), Buffer.from(right.id)) > 0;
}
