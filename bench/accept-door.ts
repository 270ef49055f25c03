// Ours in the accept benchmark: the service's door alone, put together from the parts that `serve --roles api` uses.
import { buildApp } from '../src/http/build-app.ts';
import { listen } from '../src/http/listen.ts';
import { mount } from '../src/http/route.ts';
import { acceptEventsRoute } from '../src/ingest/accept/accept-events-routes.ts';
import { keepQuality } from '../src/ingest/quality/keep-quality.ts';
import { openLog } from '../src/log/open-log.ts';
import { createLogger } from '../src/observe/create-logger.ts';
import { createMetrics } from '../src/observe/create-metrics.ts';

const url = process.env['REDIS_URL'] ?? '';
const prefix = process.env['REDIS_PREFIX'] ?? '{sharetrail-bench}';
const log = await openLog({ url, prefix, idMemoryBytes: 256 * 1024 * 1024, answerTimeoutMs: 5000 });
const metrics = createMetrics();
const quality = keepQuality({ ...metrics, log, onFault: console.error }, { flushMs: 1000, keptDays: 30 });
const limits = {
  maxBytes: 16_000_000,
  maxCompressedBytes: 4_000_000,
  bodyTimeoutMs: 30_000,
  waitTimeoutMs: 10_000,
  maxWaitTimeoutMs: 60_000,
};
const deps = {
  log,
  now: () => Date.now(),
  count: metrics.countEvents,
  sawItems: quality.saw,
  time: metrics.sawAcceptStep,
  refusal: () => null,
  countShed: metrics.countShed,
  limits: { maxDepth: 32, maxItems: 10_000, maxKeysPerItem: 1000 },
  progress: log.readProgress,
  findOutcomes: async () => ({ graph: { posts: [], refusals: [] }, facts: { held: 0, outcomes: [] } }),
  sleep: (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs)),
};
const app = buildApp({
  routes: mount([acceptEventsRoute(limits)], deps),
  logger: createLogger({ level: 'warn' }),
  metrics,
});
const listening = await listen({ app, host: '127.0.0.1', port: 0 });
console.log(`${listening.url}/v1/events`);
process.once('SIGTERM', () => process.exit(0));
