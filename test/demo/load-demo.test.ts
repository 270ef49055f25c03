import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { readRetryAfter } from '../../src/demo/deliver-batch.ts';
import { generateEvents } from '../../src/demo/generate-events.ts';
import { type LoadProgress, loadDemo } from '../../src/demo/load-demo.ts';
import { postBatchTo } from '../../src/demo/post-batch.ts';

type Answer = (lines: string[], request: IncomingMessage, response: ServerResponse) => void;

const endAtMs = Date.parse('2026-03-01T00:00:00.000Z');
const options = { seed: 1, endAtMs, events: 4_321, patience: { firstPauseMs: 1, longestPauseMs: 20 } };

async function readLines(request: IncomingMessage): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  return text.toString().split('\n').filter(Boolean);
}

function reply(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A door that remembers ids as the real one does, behind whatever fault a test puts in front of it. */
function createDoor(): { seen: Set<string>; take: Answer } {
  const seen = new Set<string>();
  return {
    seen,
    take: (lines, _request, response) => {
      const fresh = lines.filter((line) => !seen.has(line));
      for (const line of lines) seen.add(line);
      const counts = { accepted: fresh.length, duplicate: lines.length - fresh.length, conflict: 0, rejected: 0 };
      reply(response, 202, { ...counts, receipt: `r${seen.size}`, results: [] });
    },
  };
}

describe('loading the demo', () => {
  let server: Server | undefined;

  async function listen(answer: Answer): Promise<string> {
    const started = createServer((request, response) => {
      readLines(request).then(
        (lines) => answer(lines, request, response),
        () => response.destroy(),
      );
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  afterEach(async () => {
    const stopping = server;
    server = undefined;
    stopping?.closeAllConnections();
    await new Promise<void>((resolve) => (stopping === undefined ? resolve() : stopping.close(() => resolve())));
  });

  test.each([false, true])(
    'posts every event once, in batches, and says how far it is (gzip: %s)',
    async (isGzipped) => {
      const door = createDoor();
      const sizes: number[] = [];
      const url = await listen((lines, request, response) => {
        expect(request.url).toBe('/v1/events');
        expect(request.headers['content-type']).toBe('application/x-ndjson');
        sizes.push(lines.length);
        door.take(lines, request, response);
      });
      const told: LoadProgress[] = [];
      const result = await loadDemo(
        { post: postBatchTo({ url, isGzipped }) },
        { ...options, onProgress: (progress) => told.push(progress) },
      );
      expect(result).toMatchObject({
        sent: 4_321,
        accepted: 4_321,
        duplicate: 0,
        rejected: 0,
        batches: 5,
        retries: 0,
        percent: 100,
      });
      expect(sizes.sort((a, b) => a - b)).toEqual([321, 1_000, 1_000, 1_000, 1_000]);
      expect([...door.seen].sort()).toEqual([...generateEvents(options)].map((event) => JSON.stringify(event)).sort());
      expect(told.map(({ sent }) => sent).at(-1)).toBe(4_321);
      expect(result.receipts).toHaveLength(5);
    },
  );

  test('waits when told to, tries again when the door stumbles, and loses or doubles nothing', async () => {
    const door = createDoor();
    let turn = 0;
    const url = await listen((lines, request, response) => {
      turn += 1;
      if (turn % 5 === 1) return reply(response, 429, { title: 'slow down' }, { 'retry-after': '0' });
      if (turn % 5 === 2) return reply(response, 503, { title: 'soon' });
      if (turn % 5 === 3) return request.socket.destroy();
      return door.take(lines, request, response);
    });
    const result = await loadDemo({ post: postBatchTo({ url }) }, options);
    expect(door.seen.size).toBe(4_321);
    expect(result).toMatchObject({ sent: 4_321, accepted: 4_321, duplicate: 0 });
    expect(result.retries).toBeGreaterThan(0);
  });

  test('an answer that was lost after the batch was kept comes back as duplicate', async () => {
    const door = createDoor();
    let isFirst = true;
    const url = await listen((lines, request, response) => {
      if (!isFirst) return door.take(lines, request, response);
      isFirst = false;
      for (const line of lines) door.seen.add(line);
      return request.socket.destroy();
    });
    const result = await loadDemo({ post: postBatchTo({ url }) }, { ...options, concurrency: 1 });
    expect(result).toMatchObject({ accepted: 3_321, duplicate: 1_000, retries: 1 });
  });

  test('never more requests at once than allowed', async () => {
    const door = createDoor();
    let open = 0;
    let most = 0;
    const url = await listen((lines, request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        door.take(lines, request, response);
      }, 10);
    });
    await loadDemo({ post: postBatchTo({ url }) }, { ...options, batchSize: 200, concurrency: 2 });
    expect(most).toBe(2);
  });

  test('what will never pass is not tried again', async () => {
    let tries = 0;
    const url = await listen((_lines, _request, response) => {
      tries += 1;
      reply(response, 415, { code: 'unsupported_media_type' });
    });
    const load = loadDemo({ post: postBatchTo({ url }) }, { ...options, concurrency: 1 });
    await expect(load).rejects.toThrow('415');
    expect(tries).toBe(1);
  });

  test('gives up after its number of tries, with the reason', async () => {
    const url = await listen((_lines, _request, response) => reply(response, 500, { code: 'internal' }));
    const load = loadDemo(
      { post: postBatchTo({ url }) },
      { ...options, patience: { ...options.patience, mostTries: 3 } },
    );
    await expect(load).rejects.toThrow('after 3 tries: 500');
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const url = await listen((_lines, _request, response) => {
      stop.abort();
      reply(response, 503, {}, { 'retry-after': '3600' });
    });
    await expect(loadDemo({ post: postBatchTo({ url }) }, { ...options, signal: stop.signal })).rejects.toThrow(
      'abort',
    );
  });

  test('Retry-After is seconds or a date', () => {
    expect(readRetryAfter('2', 0)).toBe(2_000);
    expect(readRetryAfter('Thu, 01 Jan 1970 00:00:05 GMT', 1_000)).toBe(4_000);
    expect(readRetryAfter('Thu, 01 Jan 1970 00:00:05 GMT', 9_000)).toBe(0);
    expect(readRetryAfter('soon', 0)).toBeNull();
    expect(readRetryAfter(null, 0)).toBeNull();
  });
});
