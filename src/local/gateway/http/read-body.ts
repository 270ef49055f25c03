// A request's body as a stream of plain bytes. gzip, deflate and brotli are undone here; lz4, zstd and xz are left for
// the engine, which reads such files itself.
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { EngineException, refusals } from '../engine/engine-exception.ts';

export type Chunks = AsyncGenerator<Buffer, void>;

export type Body = { chunks: Chunks; engineCompression: string | undefined };

const engineCompressions: Readonly<Record<string, string>> = {
  lz4: 'lz4',
  zstd: 'zstd',
  xz: 'xz',
};

class UnsupportedEncoding extends EngineException {
  constructor(encoding: string) {
    super(
      637,
      'UNKNOWN_COMPRESSION_METHOD',
      `Content-Encoding ${JSON.stringify(encoding)} is not supported: send gzip, deflate, br, lz4, zstd, xz or plain bytes`,
    );
  }
}

/** Everything a stream has at hand comes as one piece: clients that send row by row make very many small ones. */
async function* countChunks(stream: Readable, maxBytes: number): AsyncGenerator<Buffer, void> {
  let seen = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    seen += chunk.length;
    if (seen > maxBytes) throw refusals.tooLarge(`The request body is larger than ${maxBytes} bytes`);
    yield chunk;
  }
}

function decoder(encoding: string): Transform | undefined {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  if (encoding === 'br') return createBrotliDecompress();
  return undefined;
}

export function readBody(request: IncomingMessage, maxBytes: number): Body {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  const engineCompression = engineCompressions[encoding];
  if (encoding === '' || encoding === 'identity' || engineCompression !== undefined) {
    return { chunks: countChunks(request, maxBytes), engineCompression };
  }
  const decode = decoder(encoding);
  if (decode === undefined) throw new UnsupportedEncoding(encoding);
  // The pipeline hands a broken or cut body on to the decoder, whose reader sees it as an error.
  pipeline(request, decode, () => undefined);
  return { chunks: countChunks(decode, maxBytes), engineCompression: undefined };
}

export type Head = { head: Buffer; ended: boolean };

/** Reads until `enough` says so or the end; what was read is given back together. */
export async function readHead(chunks: Chunks, enough: (bytes: Buffer) => boolean): Promise<Head> {
  const seen: Buffer[] = [];
  let bytes = 0;
  let checkedAt = 0;
  for (let part = await chunks.next(); part.done !== true; part = await chunks.next()) {
    seen.push(part.value);
    bytes += part.value.length;
    // Doubling keeps the work of looking again at a long statement linear.
    if (bytes < checkedAt * 2) continue;
    checkedAt = bytes;
    const head = Buffer.concat(seen);
    if (enough(head)) return { head, ended: false };
  }
  return { head: Buffer.concat(seen), ended: true };
}

export async function readWhole(chunks: Chunks): Promise<Buffer> {
  return (await readHead(chunks, () => false)).head;
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer, void> {
  if (bytes.length > 0) yield bytes;
}

export function bodyOf(bytes: Buffer): Body {
  return { chunks: chunksOf(bytes), engineCompression: undefined };
}
