import type { z } from 'zod';

const variableNames: Record<string, string> = {
  host: 'HOST',
  port: 'PORT',
  logLevel: 'LOG_LEVEL',
  checkReplies: 'CHECK_REPLIES',
  roles: '--roles',
  'neo4j.url': 'NEO4J_URL',
  'neo4j.password': 'NEO4J_PASSWORD or NEO4J_PASSWORD_FILE',
  'clickhouse.url': 'CLICKHOUSE_URL',
  'clickhouse.password': 'CLICKHOUSE_PASSWORD or CLICKHOUSE_PASSWORD_FILE',
  'redis.url': 'REDIS_URL or REDIS_URL_FILE',
  'redis.idMemoryBytes': 'ID_MEMORY_BYTES',
  'ingest.bodyTimeoutMs': 'BODY_TIMEOUT_MS',
  'intake.maxLogBytes': 'INTAKE_MAX_LOG_BYTES',
  'intake.maxLagSeconds': 'INTAKE_MAX_LAG_SECONDS',
  'intake.minFreeBytes': 'INTAKE_MIN_FREE_BYTES',
  'rateLimit.perMinute': 'RATE_LIMIT_PER_MINUTE',
  'rateLimit.limitsLoopback': 'RATE_LIMIT_LOOPBACK',
  'rateLimit.processes': 'RATE_LIMIT_PROCESSES',
  trustProxy: 'TRUST_PROXY',
  'project.leaseMs': 'PROJECTOR_LEASE_MS',
  'answers.maxBytes': 'ANSWER_CACHE_BYTES',
  'answers.maxAgeMs': 'ANSWER_CACHE_MS',
  'quality.keptDays': 'QUALITY_DAYS',
  'quality.flushMs': 'QUALITY_FLUSH_MS',
  'retention.days': 'RETENTION_DAYS',
  'retention.quarterDays': 'RETENTION_QUARTER_DAYS',
};

/** What is missing or wrong, each by the name of its variable. */
export function explain(error: z.ZodError): string {
  const lines = error.issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part === 'string').join('.');
    return `  ${variableNames[path] ?? path}: ${issue.message}`;
  });
  return `The environment is not complete:\n${lines.join('\n')}`;
}
