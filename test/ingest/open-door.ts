import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config.ts';
import { buildApp } from '../../src/http/build-app.ts';
import { listen } from '../../src/http/listen.ts';
import { mount } from '../../src/http/route.ts';
import { type AcceptEventsDeps, acceptEventsRoute } from '../../src/ingest/accept/accept-events-routes.ts';
import type { Refusal } from '../../src/ingest/intake/explain-refusal.ts';
import type { NamedEvent } from '../../src/ingest/receipt/event-trail.ts';
import type { Outcomes } from '../../src/ingest/receipt/outcomes.ts';
import type { EventDeps } from '../../src/ingest/receipt/read-event.ts';
import type { ReceiptDeps } from '../../src/ingest/receipt/read-receipt.ts';
import { readEventRoute, readReceiptRoute } from '../../src/ingest/receipt/receipt-routes.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { createMetrics } from '../../src/observe/create-metrics.ts';
import { startRedis, type TestRedis } from '../log/start-redis.ts';

/** What the stores say, which the test decides: the projectors are not part of the door. */
export type Stores = {
  outcomes: Outcomes;
  facts: Map<string, { seq: number; acceptedAtMs: number; event?: NamedEvent }>;
  letters: Awaited<ReturnType<EventDeps['findLetters']>>;
  place: number | null;
};

export type Door = {
  url: string;
  log: Log;
  redis: TestRedis;
  stores: Stores;
  counted: Record<string, number>;
  post(body: string | Buffer, options?: { type?: string; query?: string }): Promise<Answer>;
  get(path: string): Promise<Answer>;
  close(): Promise<void>;
};

export type Answer = { status: number; contentType: string; retryAfter: string | null; body: Record<string, unknown> };

export const limits = { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 };

export type DoorOptions = {
  /** Watches over this log; without it nothing is shed. */
  keep?: (log: Log) => Promise<{ refusal(): Refusal | null; stop(): Promise<void> }>;
};

const noKeeper = { refusal: () => null, stop: async () => undefined };

/** A real server over a real Redis; only the stores behind the log are told by the test. */
export async function openDoor(redisOptions: string[] = [], { keep }: DoorOptions = {}): Promise<Door> {
  const redis = await startRedis(redisOptions);
  const prefix = `{test-${randomUUID()}}`;
  const answerTimeoutMs = readConfig(process.env).redis.timeoutMs;
  const log = await openLog({ url: redis.url, prefix, idMemoryBytes: 16_000_000, answerTimeoutMs });
  const stores: Stores = {
    outcomes: { graph: { posts: [], refusals: [] }, facts: { held: 0, outcomes: [] } },
    facts: new Map(),
    letters: [],
    place: null,
  };
  const counted: Record<string, number> = {};
  const keeper = keep === undefined ? noKeeper : await keep(log);
  const app = appOver({ log, refusal: () => keeper.refusal() }, stores, counted);
  const listening = await listen({ app, host: '127.0.0.1', port: 0 });
  const ask = (path: string, init?: RequestInit) => readAnswer(fetch(`${listening.url}${path}`, init));
  return {
    url: listening.url,
    log,
    redis,
    stores,
    counted,
    post: (body, { type = 'application/json', query = '' } = {}) =>
      ask(`/v1/events${query}`, {
        method: 'POST',
        body: new Uint8Array(Buffer.from(body)),
        headers: { 'content-type': type },
      }),
    get: (path) => ask(path),
    close: async () => {
      await listening.close(100);
      await keeper.stop();
      log.close();
      await redis.stop();
    },
  };
}

type LogAndKeeper = { log: Log; refusal: () => Refusal | null };

function appOver({ log, refusal }: LogAndKeeper, stores: Stores, counted: Record<string, number>) {
  const deps: AcceptEventsDeps & ReceiptDeps & EventDeps = {
    log,
    now: () => Date.now(),
    count: (outcome, number) => {
      counted[outcome] = (counted[outcome] ?? 0) + number;
    },
    sawItems: () => undefined,
    time: () => undefined,
    refusal,
    countShed: (reason) => {
      counted[reason] = (counted[reason] ?? 0) + 1;
    },
    limits,
    progress: log.readProgress,
    lastSeq: log.lastSeq,
    findSeqOfId: log.findSeqOfId,
    readEntryOfSeq: log.readEntryOfSeq,
    findOutcomes: async () => stores.outcomes,
    findFact: async (eventId) => stores.facts.get(eventId) ?? null,
    findEvent: async ({ eventId }) => stores.facts.get(eventId)?.event ?? null,
    findLetters: async () => stores.letters,
    findPlace: async () => stores.place,
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  };
  const acceptEvents = acceptEventsRoute({
    maxBytes: 16_000_000,
    maxCompressedBytes: 4_000_000,
    bodyTimeoutMs: 30_000,
    waitTimeoutMs: 10_000,
    maxWaitTimeoutMs: 60_000,
  });
  return buildApp({
    routes: mount([acceptEvents, readReceiptRoute, readEventRoute], deps),
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    checkReplies: true,
  });
}

async function readAnswer(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  const body: unknown = await response.json();
  const fields = typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    retryAfter: response.headers.get('retry-after'),
    body: fields,
  };
}

/** A valid event with a fresh id; what is given replaces or adds fields. */
export function someEvent(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventId: `evt_${randomUUID()}`,
    eventName: 'post_view',
    userId: 'user_1',
    timestamp: new Date(Date.now() - 1000).toISOString(),
    data: { postId: 'post_1' },
    ...fields,
  };
}
