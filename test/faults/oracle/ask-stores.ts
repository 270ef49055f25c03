import { Redis } from 'ioredis';
import neo4j, { type Driver } from 'neo4j-driver';
import type { Endpoints } from '../../../src/local/endpoints.ts';

export type Row = Record<string, unknown>;

/** The three stores as a stranger would ask them: drivers and text of the oracle's own, nothing of the product's. */
export type AskStores = {
  facts(text: string): Promise<Row[]>;
  /** Of ClickHouse, without rows; not repeated. */
  command(text: string): Promise<void>;
  graph(text: string, params?: Row): Promise<Row[]>;
  redis: Redis;
  close(): Promise<void>;
};

export type Names = { database: string; prefix: string; jobsPrefix: string };

const mostTries = 5;

export function openAskStores(endpoints: Endpoints, { database }: Names): AskStores {
  const driver = neo4j.driver(endpoints.NEO4J_URL, neo4j.auth.basic(endpoints.NEO4J_USER, endpoints.NEO4J_PASSWORD), {
    disableLosslessIntegers: true,
    maxTransactionRetryTime: 5000,
  });
  const redis = new Redis(endpoints.REDIS_URL, { maxRetriesPerRequest: 3, retryStrategy: () => 100 });
  redis.on('error', () => undefined);
  return {
    facts: (text) => again(async () => readRows(await askFacts(endpoints, database, `${text} FORMAT JSONEachRow`))),
    command: async (text) => void (await askFacts(endpoints, database, text)),
    graph: (text, params = {}) => again(() => askGraph(driver, text, params)),
    redis,
    close: async () => {
      redis.disconnect();
      await driver.close();
    },
  };
}

async function askFacts(endpoints: Endpoints, database: string, text: string): Promise<string> {
  const url = new URL(endpoints.CLICKHOUSE_URL);
  url.searchParams.set('database', database);
  url.searchParams.set('output_format_json_quote_64bit_integers', '0');
  const user = `${endpoints.CLICKHOUSE_USER}:${endpoints.CLICKHOUSE_PASSWORD}`;
  const headers = { authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  const answer = await fetch(url, { method: 'POST', headers, body: text });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`ClickHouse: ${body.slice(0, 1000)}\n${text}`);
  return body;
}

function readRows(body: string): Row[] {
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line): Row => JSON.parse(line));
}

async function askGraph(driver: Driver, text: string, params: Row): Promise<Row[]> {
  const session = driver.session({ database: 'neo4j', defaultAccessMode: 'READ' });
  try {
    const { records } = await session.run(text, params);
    return records.map((record): Row => record.toObject());
  } finally {
    await session.close();
  }
}

/** A reading may be repeated, and a store that was killed a moment ago may still be on its way. */
async function again<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries >= mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300 * tries));
    }
  }
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${JSON.stringify(value)} is no text`);
}

export function numberOf(value: unknown): number {
  const number = Number(value);
  if (value === null || value === undefined || !Number.isFinite(number))
    throw new TypeError(`${String(value)} is no number`);
  return number;
}
