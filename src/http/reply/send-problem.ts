import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ProblemError, problemBody, problemContentType } from '../problem.ts';

type Exchange = { request: IncomingMessage; response: ServerResponse };

const lingerMs = 1000;

/** Writes a problem; once part of an answer has gone out, all that can be done is to cut it short, visibly. */
export function sendProblem({ request, response }: Exchange, fault: ProblemError, requestId: string): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const [path = ''] = (request.url ?? '').split('?');
  const bytes = Buffer.from(JSON.stringify(problemBody(fault, { path, requestId })));
  response.statusCode = fault.status;
  for (const [name, value] of Object.entries(fault.extras.headers ?? {})) response.setHeader(name, value);
  response.setHeader('Content-Type', problemContentType);
  response.setHeader('Content-Length', bytes.byteLength);
  response.setHeader('Cache-Control', 'no-store');
  if (request.complete || !hasBody(request)) response.end(bytes);
  else endAfterBody({ request, response }, bytes);
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/**
 * The client is still sending. Closing now would reset the connection and could take the answer with it, so the rest of
 * the body is thrown away for a moment first.
 */
function endAfterBody({ request, response }: Exchange, bytes: Buffer): void {
  response.setHeader('Connection', 'close');
  response.write(bytes);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('end', end).once('close', end).resume();
}
