import type { AppendRequest, AppendResult } from '../../log/append.ts';
import type { SeenItems } from '../quality/gather-quality.ts';
import type { Receipt } from '../receipt/receipt.ts';
import type { AnswerBody } from './answer-body.ts';
import { answerRequest } from './answer-request.ts';
import type { Candidates } from './candidates.ts';
import { checkItems, type RefusedItem } from './check-items.ts';
import { packCandidates } from './pack-candidates.ts';
import { type Framing, type ReadItems, readItems, type Unreadable } from './read-items.ts';
import type { ScanLimits } from './scan-json.ts';

export type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'rejected';
export type Step = 'read' | 'check' | 'pack' | 'append' | 'answer';

export type AcceptDeps = {
  log: { append(request: AppendRequest): Promise<AppendResult> };
  now: () => number;
  count: (outcome: Outcome, number: number) => void;
  /** Told of every item that the log has counted. */
  sawItems: (items: SeenItems) => void;
  time: (step: Step, durationMs: number) => void;
  limits: ScanLimits;
};

export type AcceptInput = { body: Buffer; framing: Framing; wantsAll: boolean };

export type Accepted = { ok: true; body: AnswerBody; receipt: Receipt } | Refused;

type Refused = { ok: false; problem: Unreadable };

/** One request from its bytes to its answer; the answer is given only after the log has it on disk. */
export async function acceptEvents(deps: AcceptDeps, input: AcceptInput): Promise<Accepted> {
  const acceptedAtMs = deps.now();
  const prepared = prepare(deps, input, acceptedAtMs);
  if (!prepared.ok) return prepared;
  const startedAt = performance.now();
  const result = await deps.log.append(prepared.request);
  deps.time('append', performance.now() - startedAt);
  const receipt = receiptOf(result);
  const body = timed(deps, 'answer', () => answerRequest({ ...prepared, result, receipt, wantsAll: input.wantsAll }));
  deps.sawItems({ ...prepared.traits, records: prepared.request.records, refused: prepared.refused, result });
  for (const outcome of outcomes) deps.count(outcome, body[outcome]);
  return { ok: true, body, receipt };
}

/** Where nothing was new the receipt stands for the originals: it is through when the last of them is. */
function receiptOf({ accepted, firstSeq, originalSeq, acceptedAtMs }: AppendResult): Receipt {
  return { firstSeq: accepted > 0 ? firstSeq : originalSeq, acceptedAtMs, count: accepted };
}

const outcomes: Outcome[] = ['accepted', 'duplicate', 'conflict', 'rejected'];

type Prepared = {
  ok: true;
  request: AppendRequest;
  indexes: Uint32Array;
  traits: Candidates['traits'];
  refused: RefusedItem[];
};

// A function of its own, so that nothing that was parsed is still held while the log is waited for.
function prepare(deps: AcceptDeps, { body, framing }: AcceptInput, acceptedAtMs: number): Prepared | Refused {
  const read = timed(deps, 'read', (): ReadItems => readItems(body, framing, deps.limits));
  if (!read.ok) return read;
  const checked = timed(deps, 'check', () => checkItems(read.items, acceptedAtMs));
  const request = timed(deps, 'pack', () => packCandidates(read.items, checked, acceptedAtMs));
  const { indexes, traits } = checked.candidates;
  return { ok: true, request, indexes, traits, refused: checked.refused };
}

function timed<Value>({ time }: AcceptDeps, step: Step, run: () => Value): Value {
  const startedAt = performance.now();
  const value = run();
  time(step, performance.now() - startedAt);
  return value;
}
