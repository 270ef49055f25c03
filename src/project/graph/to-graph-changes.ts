import { type CanonicalEvent, canonicalEvent } from '../../event/canonical-event.ts';
import type { LogEntry, LogItem } from '../../log/decode-entry.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import { type AcceptedItem, readItem } from '../read-accepted.ts';

const forTheGraph = ['post_created', 'post_share', 'user_follow', 'post_deleted'];
// A name may be spelled with escapes; then only parsing tells.
const looked = [...forTheGraph, '\\u'];

/** What an entry asks of the graph; most events ask nothing. */
export type GraphItems = {
  changes: GraphChange[];
  /** Items whose bytes do not tell what they ask. */
  unreadable: LogItem[];
  /** Accept numbers of changes that the facts have yet to tell from late repeats. */
  suspects: number[];
};

/** Views and likes are passed over without being parsed. */
export function readGraphItems(entry: LogEntry): GraphItems {
  const found: GraphItems = { changes: [], unreadable: [], suspects: [] };
  for (const item of entry.itemsNaming(looked)) addItem(found, readItem(entry, item));
  return found;
}

export function toGraphChanges(entry: LogEntry): GraphChange[] {
  return readGraphItems(entry).changes;
}

function addItem(found: GraphItems, { raw, item }: AcceptedItem): void {
  if (raw === null) {
    found.unreadable.push(item);
    return;
  }
  if (!forTheGraph.includes(raw.eventName)) return;
  const change = toGraphChange(canonicalEvent(raw, item.timestampMs), item.seq);
  if (change === null) return;
  found.changes.push(change);
  if (item.mayBeLate) found.suspects.push(item.seq);
}

/** Null for an event that is none of the graph's business. */
export function toGraphChange(event: CanonicalEvent, acceptSeq: number): GraphChange | null {
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
      return { kind: 'removal', acceptSeq, eventId, postId: event.data.postId, at: event.timestampMs };
    default:
      return null;
  }
}
