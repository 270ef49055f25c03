import { type AppendRequest, type AppendResult, type ItemStatus, readIds } from '../../log/append.ts';
import { type Receipt, writeReceipt } from '../receipt/receipt.ts';
import type { AnswerBody, ItemResult } from './answer-body.ts';
import type { RefusedItem } from './check-items.ts';

type Parts = {
  request: AppendRequest;
  result: AppendResult;
  receipt: Receipt;
  /** Which item of the request each candidate was. */
  indexes: Uint32Array;
  refused: RefusedItem[];
  wantsAll: boolean;
};

export function answerRequest(parts: Parts): AnswerBody {
  const { result, receipt, refused } = parts;
  const body: AnswerBody = {
    accepted: result.accepted,
    duplicate: 0,
    conflict: 0,
    rejected: refused.length,
    receipt: writeReceipt(receipt),
    results: refused.map(({ eventName: _name, field: _field, ...item }) => ({ ...item, status: 'rejected' })),
  };
  if (result.statuses !== null || parts.wantsAll) addCandidates(body, parts);
  body.results.sort((left, right) => left.index - right.index);
  return body;
}

/** 202 when nothing was refused, 207 when some items were, 422 when all were. */
export function statusOf({ accepted, duplicate, conflict, rejected }: AnswerBody): 202 | 207 | 422 {
  if (conflict + rejected === 0) return 202;
  return accepted + duplicate === 0 ? 422 : 207;
}

function addCandidates(body: AnswerBody, { request, result, indexes, wantsAll }: Parts): void {
  for (const [place, eventId] of readIds(request).entries()) {
    const status = result.statuses?.[place] ?? 'accepted';
    if (status === 'duplicate') body.duplicate += 1;
    if (status === 'conflict' || status === 'postIdTaken') body.conflict += 1;
    if (status !== 'accepted' || wantsAll)
      body.results.push({ index: indexes[place] ?? 0, eventId, ...explain(status) });
  }
}

function explain(status: ItemStatus): Omit<ItemResult, 'index' | 'eventId'> {
  switch (status) {
    case 'accepted':
      return { status: 'accepted' };
    case 'duplicate':
      return { status: 'duplicate', code: 'duplicate', detail: 'This event was accepted before; it counts once.' };
    case 'conflict':
      return {
        status: 'conflict',
        code: 'event_id_conflict',
        pointer: '/eventId',
        detail: 'Another event was accepted under this id; this one is not stored.',
      };
    case 'postIdTaken':
      return {
        status: 'conflict',
        code: 'post_id_taken',
        pointer: '/data',
        detail: 'An earlier event of this request creates the same post; this one is not stored.',
      };
  }
}
