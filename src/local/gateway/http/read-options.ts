// Sorts what a request's URL and headers say: names of the HTTP interface, `param_` values, and everything else, which
// are settings of the engine, as on the real server.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { refusals } from '../engine/engine-exception.ts';
import { headerText } from './authenticate.ts';

export type RequestOptions = {
  query: string;
  queryId: string;
  database: string;
  defaultFormat: string;
  settings: Record<string, string>;
  parameters: Record<string, string>;
  compressAnswer: boolean;
};

// Names that are about HTTP, sessions or the connection and mean nothing to a statement here.
const ownNames = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'session_id',
  'session_timeout',
  'session_check',
  'quota_key',
  'enable_http_compression',
  'http_zlib_compression_level',
  'wait_end_of_query',
  'buffer_size',
  'role',
  'stacktrace',
  'client_protocol_version',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'http_native_compression_disable_checksumming_on_decompress',
  'cancel_http_readonly_queries_on_client_close',
  'log_comment',
  'compress',
  'decompress',
  'http_response_buffer_size',
  'http_write_exception_in_output_format',
  'send_logs_level',
  'log_queries',
  'close_session',
]);

const namePattern = /^[A-Za-z_][A-Za-z0-9_.]*$/;

function isOn(value: string | null): boolean {
  return value !== null && value !== '' && value !== '0' && value !== 'false';
}

function refuseNativeFraming(url: URLSearchParams): void {
  if (isOn(url.get('compress')) || isOn(url.get('decompress'))) {
    throw refusals.notImplemented(
      'compress=1 and decompress=1 (native block compression) are not supported here: use enable_http_compression=1 and Content-Encoding',
    );
  }
}

function acceptsGzip(headers: IncomingMessage['headers']): boolean {
  return /\bgzip\b/.test(headerText(headers, 'accept-encoding') ?? '');
}

export function readOptions(request: IncomingMessage, url: URLSearchParams, defaultDatabase: string): RequestOptions {
  const { headers } = request;
  refuseNativeFraming(url);
  const settings: Record<string, string> = {};
  const parameters: Record<string, string> = {};
  for (const [name, value] of url) {
    if (ownNames.has(name)) continue;
    if (!namePattern.test(name)) throw refusals.badArguments(`Unknown parameter name ${JSON.stringify(name)}`);
    if (name.startsWith('param_')) parameters[name.slice('param_'.length)] = value;
    else settings[name] = value;
  }
  return {
    query: url.get('query') ?? '',
    queryId: url.get('query_id') || randomUUID(),
    database: headerText(headers, 'x-clickhouse-database') || url.get('database') || defaultDatabase,
    defaultFormat: url.get('default_format') || headerText(headers, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    parameters,
    compressAnswer: isOn(url.get('enable_http_compression')) && acceptsGzip(headers),
  };
}
