import { randomUUID } from 'node:crypto';
import { openDesk } from './cascade/desk/open-desk.ts';
import { startMeasuring } from './cascade/percentile/start-measuring.ts';
import { openStores, type Stores } from './compose/open-stores.ts';
import { prepareStores } from './compose/prepare-stores.ts';
import { passDeps } from './compose/reconcile-now.ts';
import { recountLimits } from './compose/recount-now.ts';
import { startApi } from './compose/start-api.ts';
import { watchStores } from './compose/watch-stores.ts';
import type { Config } from './config.ts';
import { scoreValues } from './engagement/score-params.ts';
import { applyAccess } from './facts/apply-access.ts';
import { openFacts } from './facts/facts.ts';
import { type Jobs, openJobs } from './jobs/open-jobs.ts';
import { startExpiry } from './keep/retention/start-expiry.ts';
import { startLedger } from './ledger/start-ledger.ts';
import type { Logger } from './observe/create-logger.ts';
import { createMetrics, type Metrics } from './observe/create-metrics.ts';
import { startProjectors } from './project/start-projectors.ts';
import { recountStaleJob, recountTallyJob } from './project/tally/recount/recount-job.ts';
import { recountStale } from './project/tally/recount/recount-stale.ts';
import { recountTally } from './project/tally/recount/recount-tally.ts';
import { startTally } from './project/tally/start-tally.ts';
import type { Comparison } from './reconcile/compare-roots.ts';
import { startPasses } from './reconcile/pass/start-passes.ts';
import { waitForTurn } from './reconcile/pass/take-turn.ts';
import { reconcileRootJob } from './reconcile/reconcile-root-job.ts';
import type { Report } from './reconcile/runs/report.ts';
import { startReconciling } from './reconcile/start-reconciling.ts';

export type Service = { url: string | null; close(): Promise<void> };

type Parts = { config: Config; stores: Stores; jobs: Jobs; logger: Logger; metrics: Metrics; owner: string };
type Closing = { name: string; close: () => Promise<void> };

const storesTimeoutMs = 60_000;

/** Config in, a running service out: the only place where the parts meet. */
export async function composeService(config: Config, logger: Logger): Promise<Service> {
  const owner = randomUUID();
  const stores = await openStores(config, (error) => logger.warn({ err: error }, 'redis connection'));
  const applied = await prepareStores(config, stores, { owner, timeoutMs: storesTimeoutMs });
  if (applied.length > 0) logger.info({ applied }, 'migrations');
  await keepAccess({ config, stores, logger });
  const metrics = createMetrics();
  watchStores(stores, metrics, config.neo4j.poolSize);
  const jobs = openJobs({ redisUrl: config.redis.url, prefix: config.redis.jobsPrefix, logger });
  const parts: Parts = { config, stores, jobs, logger, metrics, owner };
  const closings: Closing[] = [
    { name: 'stores', close: () => stores.close() },
    { name: 'jobs', close: () => jobs.close() },
  ];
  const { roles, shutdownMs } = config;
  // Right after the stores, so that it is closed when the jobs have ended.
  if (roles.includes('jobs')) closings.splice(1, 0, startJobs(parts));
  if (roles.includes('project')) closings.push(startProjecting(parts));
  const api = roles.includes('api') ? await startApi(parts) : null;
  if (api !== null) closings.push(api);
  return { url: api?.url ?? null, close: () => closeInOrder(closings.toReversed(), shutdownMs, logger) };
}

/** The analysts' user with its rights. Where the server keeps its users elsewhere that is said, and nothing waits for it. */
async function keepAccess({ config, stores, logger }: Pick<Parts, 'config' | 'stores' | 'logger'>): Promise<void> {
  const { analystPassword } = config.clickhouse;
  if (analystPassword === undefined) return;
  const { refused } = await applyAccess(stores.facts, analystPassword);
  if (refused !== null) logger.info({ refused }, 'access of analysts was not applied');
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

function startProjecting({ config, stores, jobs, logger, metrics, owner }: Parts): Closing {
  const onFault = (name: string, err: unknown) => {
    metrics.countStoreError(name);
    logger.warn({ err, projector: name }, 'a projector will try again');
  };
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
      onLetters: (stage, letters) => logger.warn({ stage, letters }, 'events went to the dead letters'),
      onFault,
    },
    config.project,
  );
  const onBatch = (items: number, durationMs: number) => metrics.sawBatch('tally', items, durationMs);
  const tally = startTally({ ...stores, rules: scoreValues, owner, onBatch, onFault }, config.tally);
  const stopAll = async () => void (await Promise.all([projectors.stop(), tally.stop()]));
  return { name: 'projectors', close: stopAll };
}

/** A run that stopped short is an alarm; what cannot be repaired is said each time it is met. */
function reportTo(logger: Logger, metrics: Metrics): (report: Report) => void {
  return (report) => {
    metrics.sawReconciling({ level: report.level, stopped: report.stopped !== '', repairs: report.repairs });
    const { runId, level, differing, repaired, stopped, labelled } = report;
    if (stopped !== '') logger.error({ runId, level, differing, stopped }, 'a reconciling run stopped');
    else if (differing > 0 || labelled.length > 0) {
      logger.warn({ runId, level, differing, repaired, labelled: labelled.slice(0, 20) }, 'the stores differed');
    }
  };
}

/** The newest months are counted anew now and then: what differs was lost or damaged since, and is told. */
function startRecounting({ config, stores, jobs, logger }: Pick<Parts, 'config' | 'stores' | 'jobs' | 'logger'>): void {
  const { recountEveryMs, recountMonths, staleEveryMs } = config.tally;
  const limits = recountLimits(config);
  const deps = { ...stores, rules: scoreValues, now: Date.now };
  const recount = async () => {
    const found = await recountTally(deps, { dryRun: false, newest: recountMonths }, limits);
    if (found.length > 0) logger.warn({ found }, 'what posts received was counted anew');
  };
  jobs.work(recountTallyJob, { recount }, { concurrency: 1 });
  // What was added behind the tally is expected to differ, so it is no warning.
  jobs.work(recountStaleJob, { recount: () => recountStale(deps, limits) }, { concurrency: 1 });
  jobs.every(recountTallyJob, {}, recountEveryMs);
  jobs.every(recountStaleJob, {}, staleEveryMs);
}

/** The workers end with the jobs themselves; what is left to close is the thread that measures large cascades. */
function startJobs({ config, stores, jobs, logger, metrics }: Parts): Closing {
  const onDisagreement = (comparison: Comparison) => logger.warn({ comparison }, 'the stores do not agree');
  startReconciling({ ...stores, jobs, now: Date.now, onDisagreement }, config.reconcile);
  const { projectors } = stores.log;
  const told = { onReport: reportTo(logger, metrics), onDrift: metrics.setDrift };
  startPasses({ ...passDeps({ config, stores }), ...told, onDisagreement, jobs, projectors }, config.reconcile.pass);
  const onUnbalanced = (found: object) => logger.error({ ...found }, 'the ledger does not balance');
  startLedger({ ...stores, jobs, now: Date.now, onUnbalanced }, config.ledger);
  startRecounting({ config, stores, jobs, logger });
  const desk = openDesk(stores, { maxBytes: config.cascade.measure.cacheBytes });
  startMeasuring({ ...stores, desk, jobs, now: Date.now, onMeasured: metrics.sawMeasuring }, config.cascade.measure);
  const expiring = startExpiring({ config, stores, jobs, logger });
  return {
    name: 'measuring and expiring',
    close: async () => void (await Promise.all([desk.close(), expiring.close()])),
  };
}

/** The store answers a deletion only when it is done, so this one is waited for longer than others. */
function startExpiring({
  config,
  stores,
  jobs,
  logger,
}: Pick<Parts, 'config' | 'stores' | 'jobs' | 'logger'>): Closing {
  const { retention, reconcile } = config;
  const facts = openFacts({ ...config.clickhouse, timeoutMs: retention.timeoutMs });
  const { projectors } = stores.log;
  const inTurn = <T>(work: () => Promise<T>) => waitForTurn(stores.log, reconcile.pass.leaseMs, work);
  const onExpired = (expired: number) => logger.info({ expired }, 'events expired');
  startExpiry({ facts, jobs, projectors, inTurn, onExpired, now: Date.now }, retention);
  return { name: 'expiring', close: () => facts.close() };
}
