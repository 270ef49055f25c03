import { z } from 'zod';
import { canonicalEvent } from '../../event/canonical-event.ts';
import type { RawEvent } from '../../event/envelope.ts';

/** What one accepted event says of a post. */
export type PostEvent = {
  kind: 'post' | 'share' | 'removal';
  acceptSeq: number;
  eventId: string;
  postId: string;
  parentId: string | null;
  rootHint: string | null;
  accountId: string;
  atMs: number;
  confidence: number | null;
  method: string | null;
};

export const postEventRow = z.object({
  acceptSeq: z.number(),
  eventId: z.string(),
  eventName: z.enum(['post_created', 'post_share', 'post_deleted']),
  postId: z.string(),
  shareId: z.string(),
  rootHint: z.string(),
  accountId: z.string(),
  atMs: z.number(),
  confidence: z.number().nullable(),
  method: z.string(),
});

const kindOf = { post_created: 'post', post_share: 'share', post_deleted: 'removal' } as const;

export function fromRow(row: z.output<typeof postEventRow>): PostEvent {
  const { acceptSeq, eventId, accountId, atMs, confidence } = row;
  const kind = kindOf[row.eventName];
  const isShare = kind === 'share';
  return {
    kind,
    acceptSeq,
    eventId,
    accountId,
    atMs,
    postId: isShare ? row.shareId : row.postId,
    parentId: isShare ? row.postId : null,
    rootHint: isShare ? textOrNull(row.rootHint) : null,
    confidence: isShare ? confidence : null,
    method: isShare ? textOrNull(row.method) : null,
  };
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

/** The same from the bytes that were accepted; null where the event is not about a post's place. */
export function fromRaw(raw: RawEvent, acceptSeq: number, timestampMs: number): PostEvent | null {
  const event = canonicalEvent(raw, timestampMs);
  const base = { acceptSeq, eventId: event.eventId, accountId: event.accountId ?? '', atMs: event.timestampMs };
  const alone = { parentId: null, rootHint: null, confidence: null, method: null };
  switch (event.eventName) {
    case 'post_created':
      return { ...base, ...alone, kind: 'post', postId: event.data.postId };
    case 'post_deleted':
      return { ...base, ...alone, kind: 'removal', postId: event.data.postId };
    case 'post_share': {
      const { shareId, postId, rootPostId = null, confidence = null, method = null } = event.data;
      return { ...base, kind: 'share', postId: shareId, parentId: postId, rootHint: rootPostId, confidence, method };
    }
    default:
      return null;
  }
}
