import { z } from 'zod';
import { hashId } from '../../event/hash-id.ts';
import type { PostDraft } from '../linking/post-draft.ts';
import { knownPostRow } from './known-post-row.ts';

/** A post as the statements write it. */
export const postRow = knownPostRow
  .omit({ parentId: true })
  .extend({ waitsFor: z.string().nullable(), h1: z.number(), h2: z.number() });

export function toPostRow(post: PostDraft): z.input<typeof postRow> {
  const { h1, h2 } = hashId(post.id);
  return {
    id: post.id,
    state: post.state,
    rootId: post.rootId,
    depth: post.depth,
    authorId: post.authorId,
    createdAt: post.createdAt,
    acceptSeq: post.acceptSeq,
    linkSeq: post.linkSeq,
    // Most shares are named by their event; then the id says it already.
    eventId: post.eventId === post.id ? null : post.eventId,
    waitsFor: post.state === 'pending' ? post.parentId : null,
    rootHint: post.state === 'pending' ? post.rootHint : null,
    assumed: post.assumed,
    removedAt: post.removedAt,
    claimedParentId: post.claimedParentId,
    h1,
    h2,
  };
}
