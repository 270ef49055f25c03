import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

type Exchange = { request: IncomingMessage; response: ServerResponse };
type Payload = { contentType: string; bytes: Uint8Array };

/** Kept by who asked alone, and asked about each time: what stands behind an address may have grown since. */
const askEachTime = 'private, no-cache';

/** Which answers carry an ETag. The document says 304 by the same words. */
export function isRevalidated(method: string, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && path.startsWith('/v1/');
}

/** JSON by its own name or as the form of something, such as `application/schema+json`. */
export function isJson(contentType: string): boolean {
  return /^application\/([\w.-]+\+)?json(;|$)/.test(contentType);
}

/**
 * Marks an answer by its bytes, and says whether the client has these bytes already, so that none need be sent. An answer
 * that says itself how it may be kept, as one that holds a secret does, is left as it is.
 */
export function revalidate({ request, response }: Exchange, { contentType, bytes }: Payload): boolean {
  const isMarked = response.statusCode === 200 && isRevalidated(request.method ?? '', request.url ?? '');
  if (!isMarked || !isJson(contentType) || response.hasHeader('cache-control')) return false;
  const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  response.setHeader('ETag', tag);
  response.setHeader('Cache-Control', askEachTime);
  return isKnown(request.headers['if-none-match'], tag);
}

/** A proxy that compresses may have weakened the mark; the content is the same all the same. */
function isKnown(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || [...header.matchAll(/"[^"]*"/g)].some(([known]) => known === tag);
}
