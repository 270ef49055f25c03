type Waiting = { postId: string; parentId: string };
type Placed = { postId: string; rootId: string; depth: number };
type Linked = Placed & { linkSeq: number };

/** Root and depth for every waiting post whose way up to one of the tops is complete, parents before their shares. */
export function placeBelow(tops: readonly Placed[], waiting: readonly Waiting[], linkSeq: number): Linked[] {
  const children = new Map<string, string[]>();
  for (const post of waiting) {
    const siblings = children.get(post.parentId);
    if (siblings === undefined) children.set(post.parentId, [post.postId]);
    else siblings.push(post.postId);
  }
  const linked: Linked[] = [];
  let level: Placed[] = [...tops];
  while (level.length > 0) {
    const next: Placed[] = [];
    for (const parent of level) {
      for (const postId of children.get(parent.postId) ?? []) {
        const placed = { postId, rootId: parent.rootId, depth: parent.depth + 1 };
        next.push(placed);
        linked.push({ ...placed, linkSeq: linkSeq + linked.length + 1 });
      }
    }
    level = next;
  }
  return linked;
}
