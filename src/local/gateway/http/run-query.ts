// Runs an admitted query and sends what comes: rows as a stream, or a summary.
import type { ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { refusals } from '../engine/engine-exception.ts';
import { runExplain } from '../engine/explain.ts';
import type { Engine } from '../engine/open-engine.ts';
import { runReading } from '../engine/run-reading.ts';
import { type ReadText, type Run, runCommand } from '../engine/run-statement.ts';
import { quoteText } from '../engine/write-preamble.ts';
import type { Statement } from '../sql/read-statement.ts';
import { type Body, bodyOf } from './read-body.ts';
import type { RequestOptions } from './read-options.ts';
import { decodeText, type Query } from './read-query.ts';
import { sendAnswer, summaryHeader } from './send-answer.ts';
import { spoolRows } from './spool-rows.ts';

export type Exchange = { engine: Engine; run: Run; options: RequestOptions; response: ServerResponse };

// A few kilobytes can be compressed so that they unfold into all memory.
const decompressLimits = { max_execution_time: '60', max_memory_usage: '3000000000' };

const wordPattern = /^[A-Za-z][A-Za-z0-9]*$/;

/** Plain bytes of a body that only the engine can decompress. */
export function decompressBody({ engine, run }: Pick<Exchange, 'engine' | 'run'>, body: Body): Promise<Body> {
  const rows = { beginning: Buffer.alloc(0), rest: body.chunks };
  return spoolRows(engine.spool, rows, async (path) => {
    const source = [path, 'RawBLOB', 'raw_blob String', body.engineCompression ?? 'none'].map(quoteText).join(', ');
    const before = `SELECT raw_blob FROM file(${source})`;
    const text = { original: before, before, format: 'RawBLOB', after: '' };
    const { output, finished } = await runReading(engine, { ...run, settings: decompressLimits, parameters: {} }, text);
    const [bytes] = await Promise.all([buffer(output), finished]);
    return bodyOf(bytes);
  });
}

function sendDone(response: ServerResponse, summary: string, format: string): void {
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': '0',
    'X-ClickHouse-Summary': summary,
    'X-ClickHouse-Format': format,
  });
  response.end();
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

async function insertRows({ engine, run, response }: Exchange, statement: Of<'insert'>, query: Query): Promise<void> {
  const compression = quoteText(query.engineCompression ?? 'none');
  const done = await spoolRows(engine.spool, query.rows, (path) => {
    const source = `FROM INFILE ${quoteText(path)} COMPRESSION ${compression}`;
    const text = `${decodeText(statement.header)} ${source} ${decodeText(statement.settings)} FORMAT ${statement.format}`;
    return runCommand(engine, run, text);
  });
  sendDone(response, summaryHeader(done, done.rows, done.bytes), statement.format);
}

function readTextOf(statement: Of<'read'>, options: RequestOptions): ReadText {
  const format = statement.format ?? options.defaultFormat;
  if (!wordPattern.test(format)) throw refusals.badArguments('The format must be a single word');
  return {
    original: decodeText(statement.text),
    before: decodeText(statement.textBeforeFormat),
    format,
    after: decodeText(statement.textAfterFormat),
  };
}

async function readRows(exchange: Exchange, statement: Of<'read'>): Promise<void> {
  const { engine, run, options, response } = exchange;
  const text = readTextOf(statement, options);
  const explains = /^\s*EXPLAIN\b/i.test(text.before);
  const reading = explains ? await runExplain(engine, run, text) : await runReading(engine, run, text);
  try {
    await sendAnswer(response, reading, {
      format: text.format,
      compress: options.compressAnswer,
      version: engine.version,
    });
  } finally {
    reading.output.resume();
  }
}

export async function runQuery(exchange: Exchange, query: Query): Promise<void> {
  const { statement } = query;
  const { engine, run, options, response } = exchange;
  switch (statement.kind) {
    case 'read':
      return readRows(exchange, statement);
    case 'insert':
      return insertRows(exchange, statement, query);
    case 'command': {
      const done = await runCommand(engine, run, decodeText(statement.text));
      return sendDone(response, summaryHeader(done, 0, 0), options.defaultFormat);
    }
    case 'empty':
      throw refusals.syntaxError('Empty query');
    case 'refused':
      throw refusals.syntaxError(statement.reason);
  }
}
