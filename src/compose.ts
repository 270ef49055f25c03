import { randomUUID } from 'node:crypto';
import { openCascades } from './cascade/open-cascades.ts';
import { faultToProblem } from './compose/fault-to-problem.ts';
import { migrateStores, openStores, type Stores } from './compose/open-stores.ts';
import { serviceRoutes } from './compose/service-routes.ts';
import { waitForStores } from './compose/wait-for-stores.ts';
import { watchStores } from './compose/watch-stores.ts';
import type { Config } from './config.ts';
import { buildApp } from './http/build-app.ts';
import { type Listening, listen } from './http/listen.ts';
import { type Jobs, openJobs } from './jobs/open-jobs.ts';
import type { Logger } from './observe/create-logger.ts';
import { createMetrics, type Metrics } from './observe/create-metrics.ts';
import { startProjectors } from './project/start-projectors.ts';
import type { Comparison } from './reconcile/compare-roots.ts';
import { reconcileRootJob } from './reconcile/reconcile-root-job.ts';
import { startReconciling } from './reconcile/start-reconciling.ts';

export type Service = { url: string | null; close(): Promise<void> };

type Parts = { config: Config; stores: Stores; jobs: Jobs; logger: Logger; metrics: Metrics; owner: string };
type Closing = { name: string; close: () => Promise<void> };

const storesTimeoutMs = 60_000;

/** Config in, a running service out: the only place where the parts meet. */
export async function composeService(config: Config, logger: Logger): Promise<Service> {
  const owner = randomUUID();
  const stores = await openStores(config, (error) => logger.warn({ err: error }, 'redis connection'));
  await waitForStores(stores, storesTimeoutMs);
  const applied = await migrateStores(config, stores, owner);
  if (applied.length > 0) logger.info({ applied }, 'migrations');
  const metrics = createMetrics();
  watchStores(stores, metrics, config.neo4j.poolSize);
  const jobs = openJobs({ redisUrl: config.redis.url, prefix: config.redis.jobsPrefix, logger });
  const parts: Parts = { config, stores, jobs, logger, metrics, owner };
  const closings: Closing[] = [
    { name: 'stores', close: () => stores.close() },
    { name: 'jobs', close: () => jobs.close() },
  ];
  const { roles, shutdownMs } = config;
  if (roles.includes('jobs')) startJobs(parts);
  if (roles.includes('project')) closings.push(startProjecting(parts));
  const api = roles.includes('api') ? await startApi(parts) : null;
  if (api !== null) closings.push(api);
  return { url: api?.url ?? null, close: () => closeInOrder(closings.toReversed(), shutdownMs, logger) };
}

/** The door closes first, the stores last; what does not end in time is left behind. */
async function closeInOrder(closings: readonly Closing[], deadlineMs: number, logger: Logger): Promise<void> {
  const deadline = new Promise<'late'>((resolve) => setTimeout(resolve, deadlineMs, 'late').unref());
  for (const { name, close } of closings) {
    const ended = await Promise.race([close().then(() => 'closed' as const), deadline]).catch((err: unknown) => {
      logger.warn({ err, part: name }, 'closing failed');
      return 'closed' as const;
    });
    if (ended === 'late') logger.warn({ part: name }, 'did not close in time');
  }
}

async function startApi(parts: Parts): Promise<Closing & { url: string }> {
  const { config, stores, logger, metrics } = parts;
  const cascades = openCascades(stores, { maxBytes: config.cascade.cacheBytes });
  const routes = serviceRoutes({ ...parts, cascades });
  const app = buildApp({ routes, logger, metrics, faultToProblem });
  const listening: Listening = await listen({ app, host: config.host, port: config.port, ports: config.portsToTry });
  logger.info({ url: listening.url }, 'listening');
  return { name: 'api', url: listening.url, close: () => listening.close(config.shutdownMs / 2) };
}

function startProjecting({ config, stores, jobs, logger, metrics, owner }: Parts): Closing {
  const projectors = startProjectors(
    {
      ...stores,
      owner,
      onBatch: metrics.sawBatch,
      onRoots: (rootIds) => {
        // A hint: the sweeper finds what is lost here.
        const payloads = rootIds.map((rootId) => ({ rootId }));
        const delayMs = config.reconcile.rootDelayMs;
        jobs.enqueueMany(reconcileRootJob, payloads, { delayMs }).catch(() => undefined);
      },
      onFault: (name, err) => {
        metrics.countStoreError(name);
        logger.warn({ err, projector: name }, 'a projector will try again');
      },
    },
    config.project,
  );
  return { name: 'projectors', close: () => projectors.stop() };
}

/** The workers end with the jobs themselves, so there is nothing of their own to close. */
function startJobs({ config, stores, jobs, logger }: Parts): void {
  const onDisagreement = (comparison: Comparison) => logger.warn({ comparison }, 'the stores do not agree');
  startReconciling({ ...stores, jobs, now: Date.now, onDisagreement }, config.reconcile);
}
