import type { AppendRequest, AppendResult } from '../../log/append.ts';
import type { AnswerBody } from './answer-body.ts';
import { answerRequest } from './answer-request.ts';
import { type CheckedItems, checkItems } from './check-items.ts';
import { packCandidates } from './pack-candidates.ts';
import { type Framing, type Items, type ReadItems, readItems, type Unreadable } from './read-items.ts';
import type { Receipt } from '../receipt/receipt.ts';
import type { ScanLimits } from './scan-json.ts';

export type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'rejected';
export type Step = 'read' | 'check' | 'pack' | 'append' | 'answer';

export type AcceptDeps = {
  log: { append(request: AppendRequest): Promise<AppendResult> };
  now: () => number;
  count: (outcome: Outcome, number: number) => void;
  time: (step: Step, durationMs: number) => void;
  limits: ScanLimits;
};

export type AcceptInput = { body: Buffer; framing: Framing; wantsAll: boolean };

export type Accepted = { ok: true; body: AnswerBody; receipt: Receipt } | { ok: false; problem: Unreadable };

/** One request from its bytes to its answer; the answer is given only after the log has it on disk. */
export async function acceptEvents(deps: AcceptDeps, input: AcceptInput): Promise<Accepted> {
  const acceptedAtMs = deps.now();
  const read = timed(deps, 'read', (): ReadItems => readItems(input.body, input.framing, deps.limits));
  if (!read.ok) return read;
  const checked = timed(deps, 'check', () => checkItems(read.items, acceptedAtMs));
  const request = timed(deps, 'pack', () => packRequest(read.items, checked, acceptedAtMs));
  const startedAt = performance.now();
  const result = await deps.log.append(request);
  deps.time('append', performance.now() - startedAt);
  const body = timed(deps, 'answer', () => answerRequest({ checked, result, acceptedAtMs, wantsAll: input.wantsAll }));
  for (const outcome of outcomes) deps.count(outcome, body[outcome]);
  return { ok: true, body, receipt: { firstSeq: result.firstSeq, acceptedAtMs, count: result.accepted } };
}

const outcomes: Outcome[] = ['accepted', 'duplicate', 'conflict', 'rejected'];

function packRequest(items: Items, checked: CheckedItems, acceptedAtMs: number): AppendRequest {
  const packed = packCandidates(items, checked);
  return { ...packed, acceptedAtMs, rejected: checked.refused.length };
}

function timed<Value>({ time }: AcceptDeps, step: Step, run: () => Value): Value {
  const startedAt = performance.now();
  const value = run();
  time(step, performance.now() - startedAt);
  return value;
}
