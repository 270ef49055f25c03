import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { hasCode } from '../has-code.ts';
import { problem } from '../problem.ts';
import type { BodyLimits, RawBody } from './body-rule.ts';
import { collectBytes } from './collect-bytes.ts';

const inflate = promisify(gunzip);

/** Takes the body off the wire within its limits. Everything that can be refused by its headers is refused unread. */
export async function receiveBody(request: IncomingMessage, limits: BodyLimits): Promise<RawBody> {
  const contentType = checkContentType(request.headers['content-type'], limits.contentTypes);
  const compressed = isGzip(request.headers['content-encoding']);
  const maxBytes = compressed ? limits.maxCompressedBytes : limits.maxBytes;
  const bytes = await collectBytes(request, { maxBytes, timeoutMs: limits.timeoutMs });
  return { bytes: compressed ? await decompress(bytes, limits.maxBytes) : bytes, contentType, charset: 'utf-8' };
}

function checkContentType(header: string | undefined, allowed: readonly string[]): string {
  const [first = '', ...parameters] = (header ?? '').split(';');
  const contentType = first.trim().toLowerCase();
  if (!allowed.includes(contentType)) {
    throw problem(415, 'unsupported_media_type', `Send ${allowed.join(' or ')}${header ? `, not ${first}` : ''}.`, {
      headers: { accept: allowed.join(', ') },
    });
  }
  for (const parameter of parameters) checkCharset(parameter);
  return contentType;
}

function checkCharset(parameter: string): void {
  const [name = '', value = ''] = parameter.split('=');
  if (name.trim().toLowerCase() !== 'charset') return;
  const charset = value.trim().replaceAll('"', '').toLowerCase();
  if (charset === 'utf-8' || charset === 'utf8') return;
  throw problem(415, 'unsupported_charset', 'Bodies are UTF-8; no other charset is read.');
}

function isGzip(header: string | undefined): boolean {
  const encoding = (header ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return false;
  if (encoding === 'gzip' || encoding === 'x-gzip') return true;
  throw problem(415, 'unsupported_encoding', 'Bodies come plain or as gzip.', {
    headers: { 'accept-encoding': 'gzip, identity' },
  });
}

// maxOutputLength stops the inflation at the limit, so a bomb costs no more than an honest body of that size.
async function decompress(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: maxBytes });
  } catch (fault) {
    if (hasCode(fault, 'ERR_BUFFER_TOO_LARGE')) throw tooLarge(maxBytes);
    throw problem(400, 'corrupt_gzip', 'The body is not a whole gzip stream.');
  }
}

function tooLarge(maxBytes: number) {
  return problem(413, 'payload_too_large', `The body is larger than ${maxBytes} bytes after decompression.`);
}
