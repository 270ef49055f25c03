import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { answerSettings } from './config/answer-settings.ts';
import { archiveSettings } from './config/archive-settings.ts';
import { cascadeSettings } from './config/cascade-settings.ts';
import { engagementSettings } from './config/engagement-settings.ts';
import { ledgerSettings } from './config/ledger-settings.ts';
import { qualitySettings } from './config/quality-settings.ts';
import { reconcileSettings } from './config/reconcile-settings.ts';
import { replaySettings } from './config/replay-settings.ts';
import { retentionSettings } from './config/retention-settings.ts';
import { tallySettings } from './config/tally-settings.ts';
import { explain } from './config/values/explain.ts';
import { deepFreeze, withoutUndefined } from './config/values/plain-values.ts';
import { wholeNumber } from './config/values/whole-number.ts';
import { verifySettings } from './config/verify-settings.ts';

// Not z.coerce.boolean(), which takes the text "false" for true.
const yesOrNo = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });
// "true" would believe whatever a client writes into X-Forwarded-For, so it is not taken.
const proxies = z.union([
  z.literal('false').transform(() => false as const),
  wholeNumber,
  z
    .string()
    .regex(/[.:a-z]/)
    .refine((text) => text !== 'true', 'name a number of proxies or their addresses'),
]);
const role = z.enum(['api', 'project', 'jobs']);

/** Every setting has its number here; a variable of the environment overrides those that have one. */
const settings = z.object({
  host: z.string().default('127.0.0.1'),
  port: wholeNumber.default(8080),
  portsToTry: wholeNumber.default(20),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Whether an answer that its route does not document is thrown: for tests, as it costs as much as the answer. */
  checkReplies: yesOrNo.default(false),
  roles: z.array(role).min(1).default(['api', 'project', 'jobs']),
  neo4j: z.object({
    url: z.string(),
    user: z.string().default('neo4j'),
    password: z.string(),
    database: z.string().default('neo4j'),
    poolSize: wholeNumber.default(50),
    timeoutMs: wholeNumber.default(30_000),
    // Of the reads that the door asks for; those that compare and recount whole stores have no such limit.
    readTimeoutMs: wholeNumber.default(10_000),
  }),
  clickhouse: z.object({
    url: z.string(),
    user: z.string().default('sharetrail'),
    password: z.string(),
    /** With it the analysts' user is made and kept, where the server lets this one make users. */
    analystPassword: z.string().optional(),
    database: z.string().default('sharetrail'),
    poolSize: wholeNumber.default(16),
    timeoutMs: wholeNumber.default(60_000),
    readTimeoutMs: wholeNumber.default(10_000),
    readMemoryBytes: wholeNumber.default(2_000_000_000),
  }),
  redis: z.object({
    url: z.string(),
    prefix: z.string().default('{sharetrail}'),
    jobsPrefix: z.string().default('{sharetrail-jobs}'),
    // A client may wait a second in all, so that a busy moment of this process has room beside it.
    timeoutMs: wholeNumber.default(700),
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
  intake: z
    .object({
      sampleEveryMs: wholeNumber.default(300),
      maxLogBytes: wholeNumber.default(2_000_000_000),
      maxRedisShare: z.number().positive().max(1).default(0.75),
      maxLagSeconds: wholeNumber.default(900),
      minFreeBytes: wholeNumber.default(1_000_000_000),
      resumeBelow: z.number().positive().max(1).default(0.8),
      retryAfterSeconds: wholeNumber.default(5),
      dataFolders: z.array(z.string()).default([]),
    })
    .prefault({}),
  rateLimit: z
    .object({
      perMinute: wholeNumber.default(6000),
      keysPerAddress: wholeNumber.default(10),
      limitsLoopback: yesOrNo.default(false),
      processes: wholeNumber.min(1).default(2),
      answerTimeoutMs: wholeNumber.default(250),
    })
    .prefault({}),
  trustProxy: proxies.default(false),
  project: z
    .object({
      leaseMs: wholeNumber.default(10_000),
      readBlockMs: wholeNumber.default(200),
      maxEntries: wholeNumber.default(2000),
      batchItems: wholeNumber.default(20_000),
      graphChanges: wholeNumber.default(5000),
      gatherItems: wholeNumber.default(1000),
      gatherMs: wholeNumber.default(200),
      linkPosts: wholeNumber.default(5000),
      linkWork: wholeNumber.default(500),
      mirrorPosts: wholeNumber.default(20_000),
      mirrorPlaces: wholeNumber.default(2_000_000),
      mirrorIdleMs: wholeNumber.default(100),
      retryMaxMs: wholeNumber.default(2000),
      trimEveryMs: wholeNumber.default(30_000),
      trimKeepMs: wholeNumber.default(600_000),
      maxRefused: wholeNumber.default(1000),
      smallRange: wholeNumber.default(100),
      settleLetters: wholeNumber.default(1000),
      settleEveryMs: wholeNumber.default(15_000),
      tellEveryMs: wholeNumber.default(500),
      foreignCheckMs: wholeNumber.default(400),
      factsWaitMs: wholeNumber.default(20),
    })
    .prefault({}),
  cascade: cascadeSettings,
  engagement: engagementSettings,
  tally: tallySettings,
  answers: answerSettings,
  quality: qualitySettings,
  reconcile: reconcileSettings,
  drainMs: wholeNumber.default(200),
  ledger: ledgerSettings,
  verify: verifySettings,
  replay: replaySettings,
  archive: archiveSettings,
  retention: retentionSettings,
  shutdownMs: wholeNumber.default(8000),
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
      checkReplies: environment['CHECK_REPLIES'],
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
        analystPassword: secret('ANALYST_PASSWORD'),
        database: environment['CLICKHOUSE_DATABASE'],
      },
      redis: {
        url: secret('REDIS_URL'),
        prefix: environment['REDIS_PREFIX'],
        jobsPrefix: environment['REDIS_JOBS_PREFIX'],
        idMemoryBytes: environment['ID_MEMORY_BYTES'],
      },
      ingest: { bodyTimeoutMs: environment['BODY_TIMEOUT_MS'] },
      intake: {
        maxLogBytes: environment['INTAKE_MAX_LOG_BYTES'],
        maxLagSeconds: environment['INTAKE_MAX_LAG_SECONDS'],
        minFreeBytes: environment['INTAKE_MIN_FREE_BYTES'],
        dataFolders: listed(environment['DATA_FOLDERS']),
      },
      rateLimit: {
        perMinute: environment['RATE_LIMIT_PER_MINUTE'],
        limitsLoopback: environment['RATE_LIMIT_LOOPBACK'],
        processes: environment['RATE_LIMIT_PROCESSES'],
      },
      trustProxy: environment['TRUST_PROXY'],
      project: { leaseMs: environment['PROJECTOR_LEASE_MS'] },
      answers: { maxBytes: environment['ANSWER_CACHE_BYTES'], maxAgeMs: environment['ANSWER_CACHE_MS'] },
      quality: { keptDays: environment['QUALITY_DAYS'], flushMs: environment['QUALITY_FLUSH_MS'] },
      retention: { days: environment['RETENTION_DAYS'], quarterDays: environment['RETENTION_QUARTER_DAYS'] },
    }),
  );
  if (!parsed.success) throw new Error(explain(parsed.error));
  return deepFreeze(parsed.data);
}

function listed(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function secretFile(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
}
