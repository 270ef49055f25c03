import { z } from 'zod';
import { count, durationMs, durationSeconds, flag, fraction, position } from '../fields/number-fields.ts';
import { id, label, language, line } from '../fields/text-fields.ts';
import { time } from '../fields/time-field.ts';
import { entry } from './entry.ts';

const postType = z.enum(['text', 'image', 'video', 'story', 'article']);

const labels = z.array(label).max(100);

/** A post by its id. Its author may be named too; that is only checked. */
export const namedPost = { postId: id, postAuthor: id.optional() };

/** Where a person met the post. */
export const feedPlace = { source: label.optional(), feedPosition: position.optional() };

const contentFields = {
  postType: postType.optional(),
  contentType: z.enum(['original', 'remix', 'duet', 'response']).optional(),
  sourcePostId: id.optional(),
  category: label.optional(),
  durationSeconds: durationSeconds.optional(),
  musicId: id.optional(),
  hashtags: labels.optional(),
  effects: labels.optional(),
  contentLength: count.optional(),
  hasMedia: flag.optional(),
  language: language.optional(),
  communityId: id.optional(),
  contentHash: line(128).optional(),
  url: line(2048).optional(),
};

export const contentEvents = {
  post_created: entry({
    category: 'user_action',
    summary: 'A root post. Its text is never sent.',
    graph: 'post',
    facts: 'post',
    data: z.strictObject({ ...namedPost, ...contentFields, creationTime: time.optional() }),
  }),
  post_share: entry({
    category: 'user_action',
    summary:
      'A share of the post `postId`: an edge and a new post one deeper, whose id is `shareId` or else the event id. `rootPostId` is a hint.',
    graph: 'share',
    facts: 'share',
    data: z.strictObject({
      ...namedPost,
      shareId: id.optional(),
      rootPostId: id.optional(),
      method: z.enum(['explicit', 'deeplink', 'exposure', 'inferred']).optional(),
      confidence: fraction.optional(),
      ...feedPlace,
    }),
  }),
  post_updated: entry({
    category: 'user_action',
    summary: 'Fields of a post, or of a comment on it, changed; only the changed ones are sent.',
    graph: 'none',
    facts: 'content_change',
    data: z.strictObject({ ...namedPost, commentId: id.optional(), ...contentFields }),
  }),
  post_deleted: entry({
    category: 'user_action',
    summary: 'A post was removed. It keeps its place in its cascade and shows when it was removed.',
    graph: 'removal',
    facts: 'content_change',
    data: z.strictObject({ ...namedPost, commentId: id.optional(), reason: label.optional() }),
  }),
  comment_deleted: entry({
    category: 'user_action',
    summary: 'A comment was removed.',
    graph: 'none',
    facts: 'content_change',
    data: z.strictObject({ ...namedPost, commentId: id, reason: label.optional() }),
  }),
  post_view: entry({
    category: 'user_action',
    summary: 'A post was watched; it counts as a view from 3 seconds on, and as an impression below.',
    graph: 'none',
    facts: 'view',
    aliases: { viewDuration: 'viewDurationMs' },
    data: z.strictObject({
      ...namedPost,
      postType: postType.optional(),
      viewDurationMs: durationMs.optional(),
      viewDuration: durationMs.optional(),
      completion: fraction.optional(),
      ...feedPlace,
    }),
  }),
  post_like: entry({
    category: 'user_action',
    summary: 'A like given or taken back: a state per person and post, the latest by time decides.',
    graph: 'none',
    facts: 'like',
    data: z.strictObject({ ...namedPost, action: z.enum(['like', 'unlike']), ...feedPlace }),
  }),
  post_save: entry({
    category: 'user_action',
    summary: 'A post saved or let go: a state per person and post, the latest by time decides.',
    graph: 'none',
    facts: 'save',
    data: z.strictObject({ ...namedPost, action: z.enum(['save', 'unsave']), ...feedPlace }),
  }),
  post_comment: entry({
    category: 'user_action',
    summary: 'A comment on a post, or an answer to another comment. Its text is never sent.',
    graph: 'none',
    facts: 'comment',
    data: z.strictObject({
      ...namedPost,
      commentId: id,
      parentCommentId: id.optional(),
      length: count.optional(),
      ...feedPlace,
    }),
  }),
};
