import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import type { z } from 'zod';
import type { Statement } from '../query/statement.ts';
import { splitParams } from './long-params.ts';
import { type ColumnType, encodeBlock, type NativeColumn } from './native/encode-block.ts';
import { checkedPieces } from './stream-answer.ts';

/** A row as ClickHouse reads it by position: the values in the order of the named columns. */
export type CompactRow = readonly unknown[];

/** With their types the rows go as one binary block, which costs the store half. */
export type InsertTarget = { table: string; columns: readonly string[]; types?: readonly ColumnType[]; token: string };

/** A format of ClickHouse, the settings that shape what is written in it, and when nobody needs it any more. */
export type OutputFormat = { format: string; settings: Readonly<Record<string, string>>; signal?: AbortSignal };

export type Facts = {
  select<P extends z.ZodObject, R extends z.ZodObject>(
    statement: Statement<P, R>,
    params: z.input<P>,
  ): Promise<Array<z.output<R>>>;
  /** The same facts, in which a read that takes longer or more memory is ended by the database. */
  withReadLimits(limits: ReadLimits): Facts;
  /** The answer's bytes in a binary format, for columns that go straight into typed arrays. */
  selectBytes<P extends z.ZodObject, R extends z.ZodObject>(
    statement: Statement<P, R>,
    params: z.input<P>,
    format: string,
  ): Promise<Buffer>;
  /**
   * The answer's bytes as the store writes them, in a format and with settings of it. Nothing is asked before the first
   * piece is; the query ends with whoever stops reading, or by the signal; an answer that breaks off is thrown, never ended.
   */
  selectStream<P extends z.ZodObject, R extends z.ZodObject>(
    statement: Statement<P, R>,
    params: z.input<P>,
    output: OutputFormat,
  ): AsyncIterable<Uint8Array>;
  /** The token makes a repeated insert add nothing, in the table and in every view fed by it. */
  insert(target: InsertTarget, rows: readonly CompactRow[]): Promise<void>;
  /** A statement that fills a table from others, under a token as an insert. */
  fill<P extends z.ZodObject, R extends z.ZodObject>(
    statement: Statement<P, R>,
    params: z.input<P>,
    token: string,
  ): Promise<void>;
  /** Rows as a file has them, in a format of ClickHouse, into a table that no view is fed by: nothing tells a repeat from new. */
  load(target: { table: string; format: 'Parquet' }, rows: Readable): Promise<void>;
  /** A statement that writes and answers no rows. */
  run<P extends z.ZodObject, R extends z.ZodObject>(statement: Statement<P, R>, params: z.input<P>): Promise<void>;
  command(text: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type FactsOptions = {
  url: string;
  user: string;
  password: string;
  database: string;
  poolSize: number;
  timeoutMs: number;
};

export type ReadLimits = { readTimeoutMs: number; readMemoryBytes: number };

const insertSettings = {
  async_insert: 0,
  insert_deduplicate: 1,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  // An insert is one block however large it is: of several, the first would stay where a later one is refused.
  min_insert_block_size_rows: '1000000000',
  min_insert_block_size_bytes: '0',
} as const;

// One insert may touch every month there ever was.
const fillSettings = { max_partitions_per_insert_block: '0' } as const;

export function openFacts(options: FactsOptions): Facts {
  const client = createClient({
    url: options.url,
    username: options.user,
    password: options.password,
    database: options.database,
    max_open_connections: options.poolSize,
    request_timeout: options.timeoutMs,
    application: 'sharetrail',
    use_multipart_params_auto: true,
    // A failed call is thrown, and logged once by whoever handles it.
    log: { level: ClickHouseLogLevel.OFF },
  });
  const facts: Facts = {
    ...readsOf(client, {}),
    withReadLimits: (limits) => ({ ...facts, ...readsOf(client, settingsOf(limits)) }),
    // An export lasts as long as its reader takes, so it has limits of its own.
    selectStream: (statement, params, output) => streamRows(client, { statement, params, output }),
    insert: (target, rows) => insertRows(client, target, rows),
    fill: async (statement, params, token) => {
      await client.command({
        query: statement.text,
        query_params: toQueryParams(statement.params.parse(params)),
        clickhouse_settings: { ...insertSettings, ...fillSettings, insert_deduplication_token: token },
      });
    },
    load: async ({ table, format }, rows) => void (await client.insert({ table, format, values: rows })),
    run: async (statement, params) => {
      await client.command({
        query: statement.text,
        query_params: toQueryParams(statement.params.parse(params)),
      });
    },
    command: async (text) => {
      await client.command({ query: text });
    },
    ping: async () => {
      const answer = await client.ping({ select: true });
      if (!answer.success) throw answer.error;
    },
    close: () => client.close(),
  };
  return facts;
}

function readsOf(client: ClickHouseClient, settings: ClickHouseSettings): Pick<Facts, 'select' | 'selectBytes'> {
  return {
    select: async (statement, params) => {
      const result = await client.query({
        query: statement.text,
        query_params: toQueryParams(statement.params.parse(params)),
        format: 'JSONEachRow',
        clickhouse_settings: { ...settings, output_format_json_quote_64bit_integers: 0 },
      });
      const rows: unknown[] = await result.json();
      return rows.map((row) => statement.row.parse(row));
    },
    selectBytes: async (statement, params, format) =>
      buffer(await openStream(client, { statement, params, output: { format, settings } })),
  };
}

function settingsOf({ readTimeoutMs, readMemoryBytes }: ReadLimits): ClickHouseSettings {
  return { max_execution_time: readTimeoutMs / 1000, max_memory_usage: String(readMemoryBytes) };
}

type Streamed<P extends z.ZodObject, R extends z.ZodObject> = {
  statement: Statement<P, R>;
  params: z.input<P>;
  output: Omit<OutputFormat, 'settings'> & { settings: ClickHouseSettings };
};

async function openStream<P extends z.ZodObject, R extends z.ZodObject>(
  client: ClickHouseClient,
  { statement, params, output }: Streamed<P, R>,
): Promise<Readable> {
  const { inAddress, form } = await splitParams(toQueryParams(statement.params.parse(params)));
  const asked = {
    query: `${statement.text}\nFORMAT ${output.format}`,
    query_params: inAddress,
    clickhouse_settings: output.settings,
    ...(output.signal === undefined ? {} : { abort_signal: output.signal }),
  };
  const answer = form === undefined ? await client.exec(asked) : await client.exec({ ...asked, ...form });
  return answer.stream;
}

async function* streamRows<P extends z.ZodObject, R extends z.ZodObject>(
  client: ClickHouseClient,
  streamed: Streamed<P, R>,
): AsyncGenerator<Uint8Array, void> {
  const { signal } = streamed.output;
  const stream = await openStream(client, streamed);
  // The server stops a query whose client has gone. A reader that leaves while the server is silent can say so only by
  // the signal: a generator hears of it at its next piece.
  const stop = () => stream.destroy();
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    yield* checkedPieces(stream);
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

async function insertRows(client: ClickHouseClient, target: InsertTarget, rows: readonly CompactRow[]): Promise<void> {
  if (rows.length === 0) return;
  if (target.types !== undefined) return insertBlock(client, target, encodeBlock(columnsOf(target), rows));
  await client.insert({
    table: target.table,
    columns: nonEmpty(target.columns),
    values: rows,
    format: 'JSONCompactEachRow',
    clickhouse_settings: { ...insertSettings, insert_deduplication_token: target.token },
  });
}

async function insertBlock(client: ClickHouseClient, { table, columns, token }: InsertTarget, block: Buffer) {
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`,
    values: Readable.from([block], { objectMode: false }),
    clickhouse_settings: { ...insertSettings, insert_deduplication_token: token },
  });
  await buffer(stream);
}

function columnsOf({ columns, types = [] }: InsertTarget): NativeColumn[] {
  return columns.map((name, place) => {
    const type = types[place];
    if (type === undefined) throw new Error(`the type of ${name} is not named`);
    return { name, type };
  });
}

function nonEmpty(columns: readonly string[]): [string, ...string[]] {
  const [first, ...rest] = columns;
  if (first === undefined) throw new Error('an insert names its columns');
  return [first, ...rest];
}

function toQueryParams(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
}
