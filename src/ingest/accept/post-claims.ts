type PostMaker = { eventId: string; eventName: string; data: object };

/**
 * Which items of one request would create the same post: they share a group number, and the log lets only the first
 * that is kept have the post. Items that share no post have group 0.
 */
export class PostClaims {
  readonly #groupByPost = new Map<string, number>();
  /** False while no two items claim one post, which is nearly always: then no groups need to be sent. */
  contested = false;

  groupOf(event: PostMaker): number {
    const postId = createdPost(event);
    if (postId === undefined) return 0;
    const next = this.#groupByPost.size + 1;
    const group = this.#groupByPost.get(postId);
    if (group === undefined) this.#groupByPost.set(postId, next);
    else this.contested = true;
    return group ?? next;
  }
}

function createdPost({ eventName, eventId, data }: PostMaker): string | undefined {
  if (eventName === 'post_created' && 'postId' in data) return textOf(data.postId);
  if (eventName === 'post_share') return 'shareId' in data ? (textOf(data.shareId) ?? eventId) : eventId;
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
