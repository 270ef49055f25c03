import { checkEvent } from '../../event/check-event.ts';
import { digestEvent } from '../../event/digest-event.ts';
import { fieldPointer } from '../../event/field-pointers.ts';
import { readTimestamp } from '../../event/fields/parse-timestamp.ts';
import { type EventName, nearName } from '../../event/vocabulary.ts';
import { otherName } from '../quality/counters.ts';
import { type Candidate, Candidates } from './candidates.ts';
import { PostClaims } from './post-claims.ts';
import type { Items, Refusal } from './read-items.ts';

export type RefusedItem = Refusal & {
  index: number;
  eventId: string | null;
  /** The name of the vocabulary that it has or nearly has, and the field that the pointer lies in: closed lists both. */
  eventName: string;
  field: string;
};

export type CheckedItems = { candidates: Candidates; refused: RefusedItem[]; claims: PostClaims };

const shownIdLength = 128;

export function checkItems(items: Items, nowMs: number): CheckedItems {
  const checked: CheckedItems = {
    candidates: new Candidates(items.values.length),
    refused: [],
    claims: new PostClaims(),
  };
  for (let index = 0; index < items.values.length; index += 1) {
    const outcome = checkItem(items, index, nowMs, checked.claims);
    if ('code' in outcome) checked.refused.push(toRefused(outcome, items.values[index], index));
    else checked.candidates.add(outcome);
  }
  return checked;
}

function checkItem(items: Items, index: number, nowMs: number, claims: PostClaims): Candidate | Refusal {
  const refusal = items.refusals.get(index);
  const value = items.values[index];
  if (refusal !== undefined || typeof value !== 'object' || value === null) return refusal ?? unexplained;
  const verdict = checkEvent(value, { nowMs });
  if (!verdict.ok) return verdict.problems[0] ?? unexplained;
  const { event, timestampMs, keys } = verdict;
  const correctedMs = event.sentAt === undefined ? 0 : timestampMs - readTimestamp(event.timestamp);
  // The parser keeps the last of two equal keys, so a key written twice shows only in the count of what was written.
  if (items.spans.keyCounts[index] !== keys) return duplicateKey;
  return {
    index,
    eventId: event.eventId,
    eventName: event.eventName,
    timestampMs,
    corrected: correctedMs !== 0,
    correctedMs,
    digest: digestEvent(event),
    length: (items.spans.ends[index] ?? 0) - (items.spans.starts[index] ?? 0),
    group: claims.groupOf(event),
  };
}

function toRefused(refusal: Refusal, value: unknown, index: number): RefusedItem {
  const eventName = nameOf(value);
  const field = fieldPointer(eventName, refusal.pointer);
  return { ...refusal, index, eventId: shownId(value), eventName: eventName ?? otherName, field };
}

function nameOf(value: unknown): EventName | undefined {
  if (typeof value !== 'object' || value === null || !('eventName' in value)) return undefined;
  const { eventName } = value;
  return typeof eventName === 'string' ? nearName(eventName) : undefined;
}

const duplicateKey: Refusal = { code: 'duplicate_key', pointer: '', detail: 'A key is written twice in one object.' };
const unexplained: Refusal = { code: 'invalid_event', pointer: '', detail: 'The event does not fit its schema.' };

function shownId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('eventId' in value)) return null;
  const { eventId } = value;
  return typeof eventId === 'string' && eventId.length <= shownIdLength ? eventId : null;
}
