import { randomUUID } from 'node:crypto';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { contractServer } from './start-gateway.ts';

export type Contract = {
  client: ClickHouseClient;
  /** A new table; gives its name. */
  freshTable(columns: string, tail?: string): Promise<string>;
  rowsOf(query: string, parameters?: Record<string, unknown>): Promise<unknown[]>;
  close(): Promise<void>;
};

type Connection = { url: string; user: string; password: string; database: string; compression: boolean };

function connect({ url, user, password, database, compression }: Connection): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    database,
    compression: { request: compression, response: compression },
    log: { level: ClickHouseLogLevel.OFF },
  });
}

async function createDatabase(connection: Connection): Promise<string> {
  const database = `contract_${randomUUID().replaceAll('-', '')}`;
  const client = connect({ ...connection, database: 'default' });
  await client.command({ query: `CREATE DATABASE ${database}` });
  await client.close();
  return database;
}

/** The unmodified client on a database of its own. */
export async function openContract(compression: boolean): Promise<Contract> {
  const server = await contractServer();
  const connection = { ...server, compression };
  const database = await createDatabase({ ...connection, database: 'default' });
  const client = connect({ ...connection, database });
  return {
    client,
    freshTable: async (columns, tail = 'ENGINE = MergeTree ORDER BY id') => {
      const table = `t_${randomUUID().replaceAll('-', '')}`;
      await client.command({ query: `CREATE TABLE ${table} (${columns}) ${tail}` });
      return table;
    },
    rowsOf: async (query, parameters) => {
      const given = parameters === undefined ? {} : { query_params: parameters };
      return (await client.query({ query, format: 'JSONEachRow', ...given })).json();
    },
    close: async () => {
      await client.command({ query: `DROP DATABASE IF EXISTS ${database}` });
      await client.close();
      await server.stop();
    },
  };
}
