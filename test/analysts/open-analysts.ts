import { openFacts } from '../../src/facts/facts.ts';
import { migrateFacts } from '../../src/facts/migrate-facts.ts';
import { ask, startGateway } from '../local/gateway/start-gateway.ts';

/** The local ClickHouse with the schema as it is, seen through the analyst's credentials. */
export type Analysts = {
  url: string;
  /** What a service is told to work on it. */
  variables: Record<string, string>;
  password: string;
  /** Rows of a statement, asked as the analyst; parameters as a client sends them. */
  read(sql: string, params?: Readonly<Record<string, string>>): Promise<Array<Record<string, unknown>>>;
  /** A statement of the service's own user. */
  write(sql: string): Promise<void>;
  close(): Promise<void>;
};

const database = 'sharetrail';

export async function openAnalysts(): Promise<Analysts> {
  const gateway = await startGateway();
  const { url, password } = gateway;
  const facts = openFacts({ url, user: 'sharetrail', password, database, poolSize: 2, timeoutMs: 60_000 });
  await migrateFacts(facts);
  return {
    url,
    password: gateway.analystPassword,
    variables: {
      CLICKHOUSE_URL: url,
      CLICKHOUSE_USER: 'sharetrail',
      CLICKHOUSE_PASSWORD: password,
      CLICKHOUSE_DATABASE: database,
    },
    read: (sql, params = {}) => readAs({ url, user: 'analyst', password: gateway.analystPassword }, sql, params),
    write: (sql) => facts.command(sql),
    close: async () => {
      await facts.close();
      await gateway.stop();
    },
  };
}

type Connection = { url: string; user: string; password: string };

async function readAs({ url, user, password }: Connection, sql: string, params: Readonly<Record<string, string>>) {
  const query = Object.fromEntries(Object.entries(params).map(([name, value]) => [`param_${name}`, value]));
  const response = await ask(url, sql, {
    user,
    password,
    query: { ...query, default_format: 'JSONEachRow', output_format_json_quote_64bit_integers: '0' },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${text}\n${sql}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => ({ ...Object(JSON.parse(line)) }));
}
