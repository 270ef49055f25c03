import { type CanonicalEvent, canonicalEvent } from '../../event/canonical-event.ts';
import type { RawEvent } from '../../event/envelope.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import { parseAccepted } from '../parse-accepted.ts';

const forTheGraph = new Set<string>(['post_created', 'post_share', 'user_follow', 'post_deleted']);

/** What an entry asks of the graph; most events ask nothing. */
export function toGraphChanges(entry: LogEntry): GraphChange[] {
  if (!mayConcernGraph(entry.body)) return [];
  const { items } = entry;
  return parseAccepted(entry).flatMap((raw: RawEvent, place) => {
    const item = items[place];
    if (item === undefined || !forTheGraph.has(raw.eventName)) return [];
    const change = toChange(canonicalEvent(raw, item.timestampMs), item.seq);
    return change === null ? [] : [change];
  });
}

/** Entries of views and likes alone are passed over without being parsed. */
function mayConcernGraph(body: Buffer): boolean {
  for (const name of forTheGraph) if (body.includes(name)) return true;
  // A name may be spelled with escapes; then only parsing tells.
  return body.includes('\\u');
}

function toChange(event: CanonicalEvent, acceptSeq: number): GraphChange | null {
  const { eventId } = event;
  const accountId = event.accountId ?? '';
  switch (event.eventName) {
    case 'post_created':
      return {
        kind: 'post',
        acceptSeq,
        eventId,
        postId: event.data.postId,
        authorId: accountId,
        createdAt: event.timestampMs,
      };
    case 'post_share':
      return {
        kind: 'share',
        acceptSeq,
        eventId,
        postId: event.data.shareId,
        parentId: event.data.postId,
        authorId: accountId,
        createdAt: event.timestampMs,
        rootHint: event.data.rootPostId ?? null,
        method: event.data.method ?? null,
        confidence: event.data.confidence ?? null,
      };
    case 'user_follow':
      return {
        kind: 'follow',
        acceptSeq,
        eventId,
        accountId,
        targetAccountId: event.targetAccountId ?? '',
        follows: event.data.action === 'follow',
        at: event.timestampMs,
      };
    case 'post_deleted':
      return { kind: 'removal', acceptSeq, postId: event.data.postId, at: event.timestampMs };
    default:
      return null;
  }
}
