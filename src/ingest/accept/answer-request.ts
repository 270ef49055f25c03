import type { AppendResult, ItemStatus } from '../../log/append.ts';
import type { AnswerBody, ItemResult } from './answer-body.ts';
import type { CheckedItems } from './check-items.ts';
import { writeReceipt } from '../receipt/receipt.ts';

type Parts = { checked: CheckedItems; result: AppendResult; acceptedAtMs: number; wantsAll: boolean };

export function answerRequest({ checked, result, acceptedAtMs, wantsAll }: Parts): AnswerBody {
  const body: AnswerBody = {
    accepted: result.accepted,
    duplicate: 0,
    conflict: 0,
    rejected: checked.refused.length,
    receipt: writeReceipt({ firstSeq: result.firstSeq, acceptedAtMs, count: result.accepted }),
    results: checked.refused.map((refused) => ({ ...refused, status: 'rejected' })),
  };
  if (result.statuses !== null || wantsAll) addCandidates(body, checked, result, wantsAll);
  body.results.sort((left, right) => left.index - right.index);
  return body;
}

/** 202 when nothing was refused, 207 when some items were, 422 when all were. */
export function statusOf({ accepted, duplicate, conflict, rejected }: AnswerBody): 202 | 207 | 422 {
  if (conflict + rejected === 0) return 202;
  return accepted + duplicate === 0 ? 422 : 207;
}

function addCandidates(body: AnswerBody, checked: CheckedItems, result: AppendResult, wantsAll: boolean): void {
  for (const [place, { index, eventId }] of checked.candidates.entries()) {
    const status = result.statuses?.[place] ?? 'accepted';
    if (status === 'duplicate') body.duplicate += 1;
    if (status === 'conflict' || status === 'postIdTaken') body.conflict += 1;
    if (status !== 'accepted' || wantsAll) body.results.push({ index, eventId, ...explain(status) });
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
