import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What came back over HTTP, unread: whoever asked decides what it means. */
export type BatchReply = { readonly status: number; readonly retryAfter: string | null; readonly text: string };

/** Posts one NDJSON body, once. Throws only where no answer came back. */
export type PostBatch = (body: string) => Promise<BatchReply>;

export type PostOptions = {
  readonly url: string;
  readonly isGzipped?: boolean;
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

const compress = promisify(gzip);

export function postBatchTo({ url, isGzipped = false, timeoutMs = 60_000, headers = {} }: PostOptions): PostBatch {
  const address = new URL('/v1/events', url);
  const encoding: Record<string, string> = isGzipped ? { 'content-encoding': 'gzip' } : {};
  return async (body) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', ...encoding, ...headers },
      body: isGzipped ? await compress(body, { level: 1 }) : body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
  };
}
