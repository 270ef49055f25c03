// Sends an answer while the engine writes it. The first part is held back: if the statement ends or fails within it, the
// client gets a full summary or a clean error status, as it would for any small answer of a real server.
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { createGzip, type Gzip, constants as zlibConstants } from 'node:zlib';
import { type EngineException, parseEngineError } from '../engine/engine-exception.ts';
import type { Reading, Statistics } from '../engine/run-statement.ts';
import { exceptionBlock, sendException } from './send-exception.ts';

export type AnswerStyle = { format: string; compress: boolean; version: string };

const heldBytes = 128 * 1024;
const stalledAnswerMs = 120_000;
const cutGraceMs = 250;

const contentTypes: Readonly<Record<string, string>> = {
  JSON: 'application/json; charset=UTF-8',
  CSV: 'text/csv; charset=UTF-8; header=absent',
  CSVWithNames: 'text/csv; charset=UTF-8; header=present',
  TabSeparated: 'text/tab-separated-values; charset=UTF-8',
  XML: 'application/xml; charset=UTF-8',
  Arrow: 'application/vnd.apache.arrow.file',
  ArrowStream: 'application/vnd.apache.arrow.stream',
  Parquet: 'application/octet-stream',
  Native: 'application/octet-stream',
};

function contentType(format: string): string {
  const known = contentTypes[format];
  if (known !== undefined) return known;
  if (format.startsWith('RowBinary')) return 'application/octet-stream';
  if (format.includes('EachRow') && format.includes('JSON')) return 'application/x-ndjson; charset=UTF-8';
  return format.startsWith('JSON') ? 'application/json; charset=UTF-8' : 'text/plain; charset=UTF-8';
}

export function summaryHeader(read: Statistics | undefined, writtenRows: number, writtenBytes: number): string {
  return JSON.stringify({
    read_rows: String(read?.rows ?? 0),
    read_bytes: String(read?.bytes ?? 0),
    written_rows: String(writtenRows),
    written_bytes: String(writtenBytes),
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: String(Math.round((read?.elapsedSeconds ?? 0) * 1e9)),
  });
}

type Outcome = { statistics: Statistics } | { exception: EngineException };

function settle(finished: Promise<Statistics>): Promise<Outcome> {
  return finished.then(
    (statistics) => ({ statistics }),
    (error: unknown) => ({ exception: parseEngineError(error) }),
  );
}

type Parts = AsyncGenerator<Buffer, void>;
type Held = { chunks: Buffer[]; ended: boolean };

async function holdBeginning(parts: Parts): Promise<Held> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  while (bytes < heldBytes) {
    const part = await parts.next();
    if (part.done === true) return { chunks, ended: true };
    chunks.push(part.value);
    bytes += part.value.length;
  }
  return { chunks, ended: false };
}

function openSink(response: ServerResponse, compress: boolean): ServerResponse | Gzip {
  if (!compress) return response;
  const gzip = createGzip({ level: zlibConstants.Z_BEST_SPEED });
  gzip.on('data', (chunk: Buffer) => {
    if (!response.write(chunk)) {
      gzip.pause();
      response.once('drain', () => gzip.resume());
    }
  });
  gzip.once('end', () => response.end());
  response.once('close', () => gzip.destroy());
  return gzip;
}

/** Waits until the sink takes more, or is gone. A client that stops reading would hold a session for as long as it likes. */
async function write(sink: ServerResponse | Gzip, chunk: Buffer): Promise<void> {
  if (sink.destroyed || sink.write(chunk)) return;
  await new Promise<void>((resolve) => {
    const stalled = setTimeout(() => sink.destroy(), stalledAnswerMs);
    const proceed = () => {
      clearTimeout(stalled);
      sink.off('drain', proceed).off('close', proceed);
      resolve();
    };
    sink.once('drain', proceed).once('close', proceed);
  });
}

async function sendRest(sink: ServerResponse | Gzip, { chunks, ended }: Held, parts: Parts): Promise<void> {
  for (const chunk of chunks) await write(sink, chunk);
  if (ended) return;
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    await write(sink, part.value);
  }
}

/** Sends the exception and cuts the connection, so that nobody can take the answer for a whole one. */
async function cutOff(sink: ServerResponse | Gzip, response: ServerResponse, block: Buffer): Promise<void> {
  await write(sink, block);
  if (sink !== response && !sink.destroyed) {
    // The compressed stream gets its proper end, but the response does not.
    sink.removeAllListeners('end');
    await new Promise<void>((resolve) => sink.once('end', resolve).once('close', resolve).end());
  }
  if (!response.destroyed) await new Promise<void>((resolve) => response.write('', () => resolve()));
  // A reader that unpacks and parses needs a moment, because the cut makes it drop what it has not looked at yet.
  await new Promise((resolve) => setTimeout(resolve, cutGraceMs));
  response.destroy();
}

/** The parts of the output; one that is destroyed because its statement failed simply has no more. */
async function* partsOf(output: Readable): Parts {
  try {
    for await (const part of output) if (Buffer.isBuffer(part)) yield part;
  } catch {
    return;
  }
}

export async function sendAnswer(
  response: ServerResponse,
  reading: Reading,
  { format, compress, version }: AnswerStyle,
): Promise<void> {
  const settled = settle(reading.finished);
  const parts = partsOf(reading.output);
  const held = await holdBeginning(parts);
  const early = held.ended ? await settled : undefined;
  if (early !== undefined && 'exception' in early) return sendException(response, early.exception, version);
  const tag = randomBytes(8).toString('hex');
  response.setHeader('Content-Type', contentType(format));
  response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('X-ClickHouse-Exception-Tag', tag);
  response.setHeader('X-ClickHouse-Summary', summaryHeader(early?.statistics, 0, 0));
  if (compress) response.setHeader('Content-Encoding', 'gzip');
  const sink = openSink(response, compress);
  await sendRest(sink, held, parts);
  const outcome = await settled;
  if ('exception' in outcome) return cutOff(sink, response, exceptionBlock(outcome.exception, version, tag));
  sink.end();
}
