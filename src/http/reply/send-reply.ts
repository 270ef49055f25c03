import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { hasCode } from '../has-code.ts';
import { jsonContentType, type Reply, type ReplyHeaders, type StreamReply } from './reply.ts';
import { revalidate } from './revalidate.ts';

type Exchange = { request: IncomingMessage; response: ServerResponse };

/** Writes a reply value onto the wire. */
export async function sendReply(exchange: Exchange, reply: Reply): Promise<void> {
  if ('stream' in reply) return sendStream(exchange, reply);
  if ('bytes' in reply) return sendBytes(exchange, reply, { contentType: reply.contentType, bytes: reply.bytes });
  if ('body' in reply)
    return sendBytes(exchange, reply, { contentType: jsonContentType, bytes: JSON.stringify(reply.body) });
  return sendBytes(exchange, reply, undefined);
}

type Payload = { contentType: string; bytes: Uint8Array | string };

function sendBytes({ request, response }: Exchange, reply: Reply, payload: Payload | undefined): void {
  response.statusCode = reply.status;
  setHeaders(response, reply.headers);
  if (payload === undefined) {
    response.end();
    return;
  }
  const bytes = typeof payload.bytes === 'string' ? Buffer.from(payload.bytes) : payload.bytes;
  if (revalidate({ request, response }, { contentType: payload.contentType, bytes })) {
    response.statusCode = 304;
    response.end();
    return;
  }
  if (!response.hasHeader('content-type')) response.setHeader('Content-Type', payload.contentType);
  response.setHeader('Content-Length', bytes.byteLength);
  response.end(bytes);
}

// The first piece is awaited before the status goes out, so that a query which fails at once is still a clean problem.
async function sendStream({ request, response }: Exchange, reply: StreamReply<number>): Promise<void> {
  const pieces = reply.stream[Symbol.asyncIterator]();
  const first = await pieces.next();
  response.statusCode = reply.status;
  response.setHeader('Content-Type', reply.contentType);
  setHeaders(response, reply.headers);
  if (request.method === 'HEAD') {
    await pieces.return?.();
    response.end();
    return;
  }
  // Piece by piece: as a stream of bytes it would copy pieces together, which costs as much as sending them.
  await pipeline(Readable.from(rejoin(first, pieces)), response).catch((fault: unknown) => {
    // A client that goes away is nobody's fault; a stream that fails has a fault of its own.
    if (!hasCode(fault, 'ERR_STREAM_PREMATURE_CLOSE')) throw fault;
  });
}

async function* rejoin(first: IteratorResult<Uint8Array | string>, rest: AsyncIterator<Uint8Array | string>) {
  try {
    for (let piece = first; piece.done !== true; piece = await rest.next()) yield piece.value;
  } finally {
    await rest.return?.();
  }
}

function setHeaders(response: ServerResponse, headers: ReplyHeaders | undefined): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
}
