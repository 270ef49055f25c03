import { z } from 'zod';
import { type ProblemError, problem } from '../../http/problem.ts';
import { route } from '../../http/route.ts';
import { LogUnavailable } from '../../log/redis/log-unavailable.ts';
import { explainRefusal, logUnavailable, type Refusal } from '../intake/explain-refusal.ts';
import type { OutcomeDeps } from '../receipt/outcomes.ts';
import { waitForReceipt } from '../receipt/wait-for-receipt.ts';
import { type AcceptDeps, type Accepted, acceptEvents } from './accept-events.ts';
import { type AnswerBody as Answer, AnswerBody } from './answer-body.ts';
import { statusOf } from './answer-request.ts';
import { eventDocuments } from './event-documents.ts';
import type { Framing } from './read-items.ts';

export type AcceptEventsDeps = AcceptDeps &
  OutcomeDeps & {
    sleep: (durationMs: number) => Promise<void>;
    /** Why nothing is taken in right now; null where something is. */
    refusal: () => Refusal | null;
    countShed: (reason: string) => void;
  };

export type AcceptEventsLimits = {
  maxBytes: number;
  maxCompressedBytes: number;
  bodyTimeoutMs: number;
  waitTimeoutMs: number;
  maxWaitTimeoutMs: number;
};

const ndjsonTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'];

const query = (limits: AcceptEventsLimits) =>
  z.object({
    results: z.enum(['all']).optional(),
    wait: z.enum(['projected']).optional(),
    timeoutMs: z.number().int().min(0).max(limits.maxWaitTimeoutMs).optional(),
  });

type Query = z.output<ReturnType<typeof query>>;

/** The limits are part of the route, because its documentation states them. */
export function acceptEventsRoute(limits: AcceptEventsLimits) {
  return route<AcceptEventsDeps>()({
    method: 'POST',
    path: '/v1/events',
    operationId: 'acceptEvents',
    scope: 'events:write',
    tags: ['events'],
    summary: 'Take in one event, {"events": [...]}, or one event a line (NDJSON)',
    query: query(limits),
    body: {
      kind: 'raw',
      contentTypes: ['application/json', ...ndjsonTypes],
      maxBytes: limits.maxBytes,
      maxCompressedBytes: limits.maxCompressedBytes,
      timeoutMs: limits.bodyTimeoutMs,
      documents: eventDocuments,
    },
    admit: (deps) => {
      const refusal = deps.refusal();
      if (refusal !== null) throw shed(deps, refusal);
    },
    replies: {
      200: { description: 'Everything accepted and in both stores (after wait=projected)', schema: AnswerBody },
      202: { description: 'Nothing refused; what is new is on disk', schema: AnswerBody },
      207: { description: 'Some items were refused', schema: AnswerBody },
      422: { description: 'Every item was refused; the members of 207 are in the problem' },
      503: {
        description: 'Nothing of this request was kept: `log_full`, `stores_behind`, `disk_full`, `log_unavailable`',
      },
      504: { description: 'It is not known whether this request was kept; send it again with the same ids' },
    },
    answer: async (deps, { body, query: asked }) => {
      const framing = ndjsonTypes.includes(body.contentType) ? 'ndjson' : 'json';
      const accepted = await accept(deps, body.bytes, framing, asked);
      if (!accepted.ok) throw problem(accepted.problem.status, accepted.problem.code, accepted.problem.detail);
      const status = statusOf(accepted.body);
      if (status === 422) throw allRefused(accepted.body);
      if (asked.wait === undefined) return replyWith(status, accepted.body);
      const { state, items } = await waitForReceipt(deps, accepted.receipt, asked.timeoutMs ?? limits.waitTimeoutMs);
      const answer = { ...accepted.body, state };
      if (state === 'queued') return replyWith(202, answer);
      return replyWith(status === 207 || items !== undefined ? 207 : 200, answer);
    },
  });
}

function replyWith(status: 200 | 202 | 207, body: Answer) {
  switch (status) {
    case 200:
      return { status, body };
    case 202:
      return { status, body };
    case 207:
      return { status, body };
  }
}

async function accept(deps: AcceptEventsDeps, body: Buffer, framing: Framing, asked: Query): Promise<Accepted> {
  try {
    return await acceptEvents(deps, { body, framing, wantsAll: asked.results === 'all' });
  } catch (fault) {
    throw fault instanceof LogUnavailable ? unavailable(deps, fault) : fault;
  }
}

function unavailable(deps: AcceptEventsDeps, fault: LogUnavailable): ProblemError {
  if (!fault.sent) return shed(deps, fault.full ? explainRefusal('log_full', 1) : logUnavailable, fault);
  return problem(
    504,
    'outcome_unknown',
    'The log did not answer in time. Send the same events again: each counts once.',
    { headers: { 'retry-after': '1' }, cause: fault },
  );
}

function shed(deps: AcceptEventsDeps, { code, detail, retryAfterSeconds }: Refusal, cause?: unknown): ProblemError {
  deps.countShed(code);
  return problem(503, code, detail, { headers: { 'retry-after': String(retryAfterSeconds) }, cause });
}

const shownErrors = 20;

function allRefused(body: Answer): ProblemError {
  const errors = body.results.slice(0, shownErrors).map(({ index, pointer, code, detail }) => ({
    pointer: `/events/${index}${pointer ?? ''}`,
    code: code ?? '',
    message: detail ?? '',
  }));
  return problem(422, 'all_items_refused', 'None of the items can be accepted.', { members: body, errors });
}
