import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { type Facts, openFacts } from '../../src/facts/facts.ts';
import { type Graph, openGraph } from '../../src/graph/graph.ts';
import { logKeys } from '../../src/log/log-keys.ts';
import { type Progress, readProgress } from '../../src/log/projector/progress.ts';
import { callerOf } from '../../src/log/redis/call-redis.ts';
import { connectRedis } from '../../src/log/redis/connect-redis.ts';
import { asNumber } from '../../src/log/redis/redis-reply.ts';
import type { BadAnswers } from '../figures/figures.ts';
import { keepFigures, readFigures } from '../figures/keep-figures.ts';
import { testEnvironment } from '../setup/open-test-stores.ts';
import { eventually, freshServiceStores, type ServiceStores, startService } from '../whole/start-service.ts';
import { type Answer, type Asking, askService } from './ask-service.ts';

/** A running service, and eyes on its stores that do not go through it. */
export type OpenService = {
  port: number;
  url: string;
  /** What it printed: one JSON object a line, once it is up. */
  output: string[];
  database: string;
  facts: Facts;
  ask(asking: Asking): Promise<Answer>;
  post(body: string | Buffer, options?: { type?: string; query?: string; encoding?: string }): Promise<Answer>;
  /** What all three stores hold; equal before and after means that nothing was stored. */
  count(): Promise<Stored>;
  /** Sends events and waits until both stores have settled them. */
  settle(events: readonly object[]): Promise<Answer>;
  /** Until the stores hold everything that was accepted, and the service has heard of it: that is told a moment later. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

export type Stored = {
  lastSeq: number;
  ids: number;
  entries: number;
  events: number;
  indexed: number;
  posts: number;
  accounts: number;
};

export async function openService(variables: Record<string, string> = {}): Promise<OpenService> {
  const fresh = await freshServiceStores();
  const stores = { variables: { ...fresh.variables, LOG_LEVEL: 'info', ...variables } };
  const service = await startService(stores);
  const eyes = await openEyes(stores);
  const port = Number(new URL(service.url).port);
  const answers: BadAnswers = { requests: 0, serverErrors: 0, slowestMs: 0 };
  const ask = async (asking: Asking) => {
    const answer = await askService(port, asking);
    answers.requests += 1;
    if (answer.status >= 500) answers.serverErrors += 1;
    answers.slowestMs = Math.max(answers.slowestMs, Math.round(answer.durationMs));
    return answer;
  };
  // Databases plan a query when they first see it; that is not what the time of an answer is about here.
  for (const path of ['/v1/posts/x', '/v1/posts/x/path', '/v1/cascades', '/v1/cascades/x', '/v1/events/x']) {
    await askService(port, { path });
  }
  const post: OpenService['post'] = (body, { type = 'application/json', query = '', encoding } = {}) =>
    ask({
      method: 'POST',
      path: `/v1/events${query}`,
      headers: { 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
      body,
    });
  return {
    port,
    url: service.url,
    output: service.output,
    database: eyes.database,
    facts: eyes.facts,
    ask,
    post,
    count: eyes.count,
    settle: (events) => post(JSON.stringify({ events }), { query: '?wait=projected&timeoutMs=60000' }),
    caughtUp: () =>
      eventually(async () => {
        const { lastSeq, events, indexed } = await eyes.count();
        const { graphSeq, factsSeq } = await eyes.progress();
        const reached = [events, indexed, graphSeq, factsSeq];
        return reached.every((seq) => seq === lastSeq) || { lastSeq, reached };
      }, 60_000),
    close: async () => {
      await service.kill('SIGTERM');
      await eyes.close();
      keepAnswers(answers);
    },
  };
}

function keepAnswers(answers: BadAnswers): void {
  const file = basename(expect.getState().testPath ?? '');
  keepFigures('badInput', { files: { ...readFigures().badInput?.files, [file]: answers } });
}

const countFacts = {
  path: 'a count of the facts',
  text: 'SELECT (SELECT count() FROM events) AS events, (SELECT count() FROM event_ids) AS indexed',
  params: z.object({}),
  row: z.object({ events: z.number(), indexed: z.number() }),
};

const countGraph = {
  path: 'a count of the graph',
  text: 'RETURN COUNT { (:Post) } AS posts, COUNT { (:Account) } AS accounts',
  params: z.object({}),
  row: z.object({ posts: z.number(), accounts: z.number() }),
};

type Eyes = Pick<OpenService, 'facts' | 'database' | 'count'> & {
  progress(): Promise<Progress>;
  close(): Promise<void>;
};

async function openEyes({ variables }: ServiceStores): Promise<Eyes> {
  const database = variables['CLICKHOUSE_DATABASE'] ?? '';
  const facts = openFacts({
    url: testEnvironment('CLICKHOUSE_URL'),
    user: testEnvironment('CLICKHOUSE_USER'),
    password: testEnvironment('CLICKHOUSE_PASSWORD'),
    database,
    poolSize: 2,
    timeoutMs: 20_000,
  });
  const graph = openGraphEyes();
  const redis = await connectRedis({ url: testEnvironment('REDIS_URL'), name: 'bad-input-eyes' });
  const call = callerOf(redis, 5000);
  const keys = logKeys(variables['REDIS_PREFIX'] ?? '');
  return {
    facts,
    database,
    count: async () => {
      const [seq, older, newer, entries, [stored], [nodes]] = await Promise.all([
        call('GET', [keys.seq]),
        call('HLEN', [keys.ids[0]]),
        call('HLEN', [keys.ids[1]]),
        call('XLEN', [keys.stream]),
        facts.select(countFacts, {}),
        graph.read(countGraph, {}),
      ]);
      if (stored === undefined || nodes === undefined) throw new Error('a store counted nothing');
      const lastSeq = seq === null ? 0 : asNumber(seq);
      return { lastSeq, ids: asNumber(older) + asNumber(newer), entries: asNumber(entries), ...stored, ...nodes };
    },
    progress: () => readProgress({ call, keys }),
    close: async () => {
      redis.disconnect();
      await Promise.all([facts.close(), graph.close()]);
    },
  };
}

function openGraphEyes(): Graph {
  return openGraph({
    url: testEnvironment('NEO4J_URL'),
    user: testEnvironment('NEO4J_USER'),
    password: testEnvironment('NEO4J_PASSWORD'),
    database: 'neo4j',
    poolSize: 2,
    timeoutMs: 20_000,
  });
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

/** The same as text. */
export function eventText(fields: Record<string, unknown> = {}): string {
  return JSON.stringify(someEvent(fields));
}

/** An event's text with one place in it written otherwise, as no JSON writer would. */
export function rewritten(from: string, to: string, fields: Record<string, unknown> = {}): string {
  return eventText(fields).replace(from, () => to);
}
