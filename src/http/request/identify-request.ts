import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const saneId = /^[A-Za-z0-9._:@=+/-]{1,128}$/;
const traceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Gives the request its id: the caller's where that is harmless, else a new one; both sides see it in the answer. */
export function identifyRequest(request: IncomingMessage, response: ServerResponse): string {
  const asked = request.headers['x-request-id'];
  const requestId = typeof asked === 'string' && saneId.test(asked) ? asked : randomUUID();
  response.setHeader('X-Request-Id', requestId);
  const trace = request.headers['traceparent'];
  if (typeof trace === 'string' && traceparent.test(trace)) response.setHeader('traceparent', trace);
  return requestId;
}
