import neo4j, { type Driver, type QueryResult, type Result, type Session } from 'neo4j-driver';
import type { z } from 'zod';
import type { Statement } from '../query/statement.ts';

/** Runs statements inside one transaction. */
export type GraphTransaction = {
  run<P extends z.ZodObject, R extends z.ZodObject>(
    statement: Statement<P, R>,
    params: z.input<P>,
  ): Promise<Array<z.output<R>>>;
};

export type Graph = {
  read: GraphTransaction['run'];
  /** The same graph, in which a read that takes longer is ended by the database. */
  withReadTimeout(readTimeoutMs: number): Graph;
  write: GraphTransaction['run'];
  /** Retries only what the driver calls transient; a throw inside rolls everything back. */
  transact<T>(work: (transaction: GraphTransaction) => Promise<T>): Promise<T>;
  /** For schema files and set-up: text without parameters. */
  command(text: string): Promise<void>;
  /** Sessions at work right now. */
  inUse(): number;
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type GraphOptions = {
  url: string;
  user: string;
  password: string;
  database: string;
  poolSize: number;
  timeoutMs: number;
};

// The driver doubles its pauses between two tries, so that a long limit would have it sleep through the first seconds of a
// store that is back; whoever asked tries again sooner.
const transactionRetryMs = 3000;

type Runner = { run(text: string, values: unknown): Promise<QueryResult> | Result };

export function openGraph(options: GraphOptions): Graph {
  const driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password), {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: options.poolSize,
    connectionAcquisitionTimeout: options.timeoutMs,
    connectionTimeout: options.timeoutMs,
    maxTransactionRetryTime: transactionRetryMs,
    telemetryDisabled: true,
  });
  const use = { sessions: 0 };
  const withSession = sessions(driver, options.database, use);
  // An auto-commit run costs one round trip less than executeQuery, which halves small reads.
  const readWithin = (limits: { timeout?: number }): GraphTransaction => ({
    run: (statement, params) =>
      withSession('READ', (session) => {
        const limited = { run: (text: string, values: unknown) => session.run(text, values, limits) };
        return runParsed(limited, statement, params);
      }),
  });
  const graph: Graph = {
    read: readWithin({}).run,
    withReadTimeout: (readTimeoutMs) => ({ ...graph, read: readWithin({ timeout: readTimeoutMs }).run }),
    write: (statement, params) => withSession('WRITE', (session) => runParsed(session, statement, params)),
    transact: (work) =>
      withSession('WRITE', (session) =>
        session.executeWrite((transaction) =>
          work({ run: (statement, params) => runParsed(transaction, statement, params) }),
        ),
      ),
    command: (text) =>
      withSession('WRITE', async (session) => {
        await session.run(text);
      }),
    inUse: () => use.sessions,
    ping: async () => {
      await driver.verifyConnectivity({ database: options.database });
    },
    close: () => driver.close(),
  };
  return graph;
}

function sessions(driver: Driver, database: string, use: { sessions: number }) {
  return async <T>(mode: 'READ' | 'WRITE', work: (session: Session) => Promise<T>): Promise<T> => {
    const session = driver.session({ database, defaultAccessMode: mode });
    use.sessions += 1;
    try {
      return await work(session);
    } finally {
      use.sessions -= 1;
      await session.close();
    }
  };
}

async function runParsed<P extends z.ZodObject, R extends z.ZodObject>(
  runner: Runner,
  statement: Statement<P, R>,
  params: z.input<P>,
): Promise<Array<z.output<R>>> {
  const result = await runner.run(statement.text, toIntegers(statement.params.parse(params)));
  return result.records.map((record) => statement.row.parse(record.toObject()));
}

/** The driver sends every JavaScript number as a float; whole numbers have to arrive as integers. */
function toIntegers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (Array.isArray(value)) return value.map(toIntegers);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toIntegers(item)]));
  }
  return value;
}
