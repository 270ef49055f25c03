import { readFileSync } from 'node:fs';
import { z } from 'zod';

const wholeNumber = z.coerce.number().int().nonnegative();
const role = z.enum(['api', 'project', 'jobs']);

/** Every setting has its number here; a variable of the environment overrides those that have one. */
const settings = z.object({
  host: z.string().default('127.0.0.1'),
  port: wholeNumber.default(8080),
  portsToTry: wholeNumber.default(20),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  roles: z.array(role).min(1).default(['api', 'project', 'jobs']),
  neo4j: z.object({
    url: z.string(),
    user: z.string().default('neo4j'),
    password: z.string(),
    database: z.string().default('neo4j'),
    poolSize: wholeNumber.default(50),
    timeoutMs: wholeNumber.default(30_000),
  }),
  clickhouse: z.object({
    url: z.string(),
    user: z.string().default('sharetrail'),
    password: z.string(),
    database: z.string().default('sharetrail'),
    poolSize: wholeNumber.default(16),
    timeoutMs: wholeNumber.default(60_000),
  }),
  redis: z.object({
    url: z.string(),
    prefix: z.string().default('{sharetrail}'),
    jobsPrefix: z.string().default('{sharetrail-jobs}'),
    timeoutMs: wholeNumber.default(1000),
    idMemoryBytes: wholeNumber.default(256 * 1024 * 1024),
  }),
  ingest: z
    .object({
      maxBytes: wholeNumber.default(16_000_000),
      maxCompressedBytes: wholeNumber.default(4_000_000),
      scan: z
        .object({
          maxDepth: wholeNumber.default(32),
          maxItems: wholeNumber.default(10_000),
          maxKeysPerItem: wholeNumber.default(1000),
        })
        .prefault({}),
      bodyTimeoutMs: wholeNumber.default(30_000),
      waitTimeoutMs: wholeNumber.default(10_000),
      maxWaitTimeoutMs: wholeNumber.default(60_000),
    })
    .prefault({}),
  project: z
    .object({
      leaseMs: wholeNumber.default(10_000),
      readBlockMs: wholeNumber.default(200),
      maxEntries: wholeNumber.default(2000),
      batchItems: wholeNumber.default(20_000),
      graphChanges: wholeNumber.default(5000),
      linkPosts: wholeNumber.default(5000),
      linkWork: wholeNumber.default(500),
      mirrorPosts: wholeNumber.default(20_000),
      mirrorPlaces: wholeNumber.default(2_000_000),
      mirrorIdleMs: wholeNumber.default(50),
      retryMaxMs: wholeNumber.default(5000),
      trimEveryMs: wholeNumber.default(30_000),
      trimKeepMs: wholeNumber.default(600_000),
    })
    .prefault({}),
  cascade: z.object({ cacheBytes: wholeNumber.default(256 * 1024 * 1024) }).prefault({}),
  reconcile: z
    .object({
      sweepEveryMs: wholeNumber.default(15_000),
      rootDelayMs: wholeNumber.default(10_000),
      concurrency: wholeNumber.default(100),
      gatherMs: wholeNumber.default(50),
      sweepRootsAtOnce: wholeNumber.default(500),
      sweepRounds: wholeNumber.default(50),
    })
    .prefault({}),
  shutdownMs: wholeNumber.default(10_000),
});

export type Config = z.output<typeof settings>;
type Environment = Record<string, string | undefined>;

/** The only reader of the environment. Every missing or wrong variable is named at once. */
export function readConfig(environment: Environment, overrides: { roles?: string[] } = {}): Config {
  const secret = (name: string): string | undefined => environment[name] ?? secretFile(environment[`${name}_FILE`]);
  const parsed = settings.safeParse(
    withoutUndefined({
      host: environment['HOST'],
      port: environment['PORT'],
      // A port that was asked for is that port or none.
      portsToTry: environment['PORT'] === undefined ? undefined : 1,
      logLevel: environment['LOG_LEVEL'],
      roles: overrides.roles,
      neo4j: {
        url: environment['NEO4J_URL'],
        user: environment['NEO4J_USER'],
        password: secret('NEO4J_PASSWORD'),
        database: environment['NEO4J_DATABASE'],
      },
      clickhouse: {
        url: environment['CLICKHOUSE_URL'],
        user: environment['CLICKHOUSE_USER'],
        password: secret('CLICKHOUSE_PASSWORD'),
        database: environment['CLICKHOUSE_DATABASE'],
      },
      redis: {
        url: secret('REDIS_URL'),
        prefix: environment['REDIS_PREFIX'],
        jobsPrefix: environment['REDIS_JOBS_PREFIX'],
        idMemoryBytes: environment['ID_MEMORY_BYTES'],
      },
    }),
  );
  if (!parsed.success) throw new Error(explain(parsed.error));
  return deepFreeze(parsed.data);
}

const variableNames: Record<string, string> = {
  host: 'HOST',
  port: 'PORT',
  logLevel: 'LOG_LEVEL',
  roles: '--roles',
  'neo4j.url': 'NEO4J_URL',
  'neo4j.password': 'NEO4J_PASSWORD or NEO4J_PASSWORD_FILE',
  'clickhouse.url': 'CLICKHOUSE_URL',
  'clickhouse.password': 'CLICKHOUSE_PASSWORD or CLICKHOUSE_PASSWORD_FILE',
  'redis.url': 'REDIS_URL or REDIS_URL_FILE',
  'redis.idMemoryBytes': 'ID_MEMORY_BYTES',
};

function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part === 'string').join('.');
    return `  ${variableNames[path] ?? path}: ${issue.message}`;
  });
  return `The environment is not complete:\n${lines.join('\n')}`;
}

function secretFile(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== '');
  return Object.fromEntries(entries.map(([key, item]) => [key, isPlain(item) ? withoutUndefined(item) : item]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T extends object>(value: T): T {
  for (const item of Object.values(value)) if (typeof item === 'object' && item !== null) deepFreeze(item);
  return Object.freeze(value);
}
