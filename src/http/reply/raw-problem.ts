import { randomUUID } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem, problemBody, problemContentType } from '../problem.ts';

/** A whole response as text, for a socket on which no request could be read. */
export function rawProblem(status: number, code: string, detail: string): string {
  const requestId = randomUUID();
  const body = JSON.stringify(problemBody(problem(status, code, detail), { path: '', requestId }));
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `Content-Type: ${problemContentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** Answers what node's parser refused, unless an answer is already under way on that connection. */
export function answerClientError(
  fault: NodeJS.ErrnoException,
  socket: Duplex,
  response: ServerResponse | undefined,
): void {
  const busy = response?.headersSent === true && !response.writableFinished;
  if (fault.code === 'ECONNRESET' || !socket.writable || busy) {
    socket.destroy();
    return;
  }
  socket.end(problemFor(fault.code), () => socket.destroy());
}

type Refusal = { status: number; code: string; detail: string };

const malformed: Refusal = {
  status: 400,
  code: 'malformed_request',
  detail: 'This is not an HTTP request that can be read without doubt.',
};

const refusals: ReadonlyMap<string | undefined, Refusal> = new Map([
  ['HPE_HEADER_OVERFLOW', { status: 431, code: 'headers_too_large', detail: 'The headers are larger than 16 KB.' }],
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, code: 'request_timeout', detail: 'The request did not arrive in time.' }],
  ['HPE_INVALID_EOF_STATE', { status: 400, code: 'truncated_body', detail: 'The request ended before it was whole.' }],
]);

function problemFor(fault: string | undefined): string {
  const { status, code, detail } = refusals.get(fault) ?? malformed;
  return rawProblem(status, code, detail);
}
