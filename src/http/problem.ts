import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** One thing that is wrong with a request; `pointer` is a JSON pointer into the body, or `/query/name`, `/path/name`. */
export type ProblemDetail = { pointer: string; code: string; message: string };

export type ProblemExtras = {
  errors?: readonly ProblemDetail[];
  headers?: Readonly<Record<string, string>>;
  /** Members of the body beside the standard ones, such as the true `rootPostId` of `not_a_root`. */
  members?: Readonly<Record<string, unknown>>;
  cause?: unknown;
};

/** The only shape in which an error leaves the service. Routes make it with `problem(...)` and throw it. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extras: ProblemExtras;

  constructor(status: number, code: string, detail: string, extras: ProblemExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'ProblemError';
    this.status = status;
    this.code = code;
    this.extras = extras;
  }
}

export function problem(status: number, code: string, detail: string, extras: ProblemExtras = {}): ProblemError {
  return new ProblemError(status, code, detail, extras);
}

export const problemContentType = 'application/problem+json; charset=utf-8';

export const ProblemBody = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem', description: 'An error as RFC 9457 describes it. Clients decide on `code`.' });

export type ProblemBody = z.output<typeof ProblemBody>;

/** The RFC 9457 body. A relative `instance` without its query, because a query may hold what should not be copied. */
export function problemBody(fault: ProblemError, request: { path: string; requestId: string }): ProblemBody {
  return {
    ...fault.extras.members,
    type: `urn:sharetrail:problem:${fault.code}`,
    title: titleOf(fault),
    status: fault.status,
    detail: fault.message,
    instance: request.path,
    code: fault.code,
    requestId: request.requestId,
    errors: [...(fault.extras.errors ?? [])],
  };
}

function titleOf(fault: ProblemError): string {
  const words = fault.code.replaceAll('_', ' ');
  return words === '' ? (STATUS_CODES[fault.status] ?? 'Error') : words.charAt(0).toUpperCase() + words.slice(1);
}

export type FaultToProblem = (fault: unknown) => ProblemError | undefined;

/**
 * Errors meet HTTP here and nowhere else. `faultToProblem` comes from the composition, which knows the drivers, so that
 * a store that does not answer is a 503; whatever nobody expected is a 500 that tells nothing of the inside.
 */
export function toProblem(fault: unknown, faultToProblem: FaultToProblem): ProblemError {
  if (fault instanceof ProblemError) return fault;
  const known = faultToProblem(fault);
  return known ?? problem(500, 'internal_error', 'Something went wrong on our side.', { cause: fault });
}

export function storeUnavailable(store: string, cause?: unknown): ProblemError {
  return problem(503, 'store_unavailable', `The ${store} store does not answer right now. Try again shortly.`, {
    headers: { 'retry-after': '1' },
    members: { store },
    cause,
  });
}
