import type { GraphChange } from '../../../src/project/linking/graph-change.ts';
import { linkBatch } from '../../../src/project/linking/link-batch.ts';
import { placeBelow } from '../../../src/project/linking/place-below.ts';
import { draftOf, type KnownPost, type PostDraft } from '../../../src/project/linking/post-draft.ts';

/**
 * The graph's posts in memory, so that thousands of orders can be tried in a second. The decisions are the product's own
 * (linkBatch, placeBelow); only storage is replaced. The same orders run on the real store in a test of their own.
 */
export class MemoryGraph {
  readonly posts = new Map<string, KnownPost>();
  readonly refused: string[] = [];
  readonly #work = new Set<string>();
  readonly #dissolving = new Set<string>();
  #linkSeq = 0;

  apply(changes: readonly GraphChange[]): void {
    const posts = new Map<string, PostDraft>();
    for (const [id, post] of this.posts) posts.set(id, draftOf(post));
    const plan = linkBatch({ posts, dissolving: this.#dissolving, linkSeq: this.#linkSeq }, changes);
    this.#linkSeq = plan.linkSeq;
    for (const post of plan.posts.values()) this.posts.set(post.id, post);
    for (const refusal of plan.refusals) this.refused.push(refusal.eventId);
    for (const postId of plan.work) this.#work.add(postId);
    for (const rootId of plan.dissolved) this.#dissolving.add(rootId);
  }

  /** One bounded step of the work between batches; false when there is none left. */
  work(): boolean {
    return this.#dissolve() || this.#link();
  }

  settle(): void {
    while (this.work());
  }

  dump(): string {
    const rows = [...this.posts.values()].map((post) =>
      JSON.stringify([
        post.id,
        post.state,
        post.rootId,
        post.depth,
        post.authorId,
        post.createdAt,
        post.parentId,
        post.assumed,
        post.removedAt,
        post.claimedParentId,
        post.state === 'pending' ? post.rootHint : null,
      ]),
    );
    return rows.sort().join('\n');
  }

  #dissolve(): boolean {
    const [rootId] = this.#dissolving;
    if (rootId === undefined) return false;
    for (const post of this.posts.values()) {
      if (post.rootId === rootId) Object.assign(post, { state: 'pending', rootId: null, depth: null, linkSeq: null });
    }
    this.#dissolving.delete(rootId);
    this.#work.add(rootId);
    return true;
  }

  #link(): boolean {
    const [postId] = this.#work;
    if (postId === undefined) return false;
    this.#work.delete(postId);
    const top = this.posts.get(postId);
    if (top === undefined || top.state !== 'linked' || top.rootId === null || top.depth === null) return true;
    const waiting = [...this.posts.values()].flatMap((post) =>
      post.state === 'pending' && post.parentId !== null ? [{ postId: post.id, parentId: post.parentId }] : [],
    );
    const linked = placeBelow([{ postId, rootId: top.rootId, depth: top.depth }], waiting, this.#linkSeq);
    for (const place of linked) {
      const post = this.posts.get(place.postId);
      if (post !== undefined) Object.assign(post, place, { state: 'linked' });
      this.#linkSeq = place.linkSeq;
    }
    return true;
  }
}
