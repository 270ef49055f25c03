import { setTimeout as delay } from 'node:timers/promises';
import { accountRoutes } from '../cascade/account/account-routes.ts';
import { cascadeRoutes } from '../cascade/cascade-routes.ts';
import { exportRoutes } from '../cascade/export/export-routes.ts';
import type { Cascades } from '../cascade/open-cascades.ts';
import type { Config } from '../config.ts';
import { openFactsAsOf, openPosition } from '../engagement/asked/facts-as-of.ts';
import { openWholeFrom } from '../engagement/asked/open-whole-from.ts';
import { ofWholeRanges } from '../engagement/asked/whole-range-routes.ts';
import { engagementRoutes } from '../engagement/engagement-routes.ts';
import { rememberAnswers } from '../http/remember/remember-answers.ts';
import { type MountedRoute, mount } from '../http/route.ts';
import { systemRoutes } from '../http/system-routes.ts';
import { acceptEventsRoute } from '../ingest/accept/accept-events-routes.ts';
import type { KeptQuality } from '../ingest/quality/keep-quality.ts';
import { readQualityRoute } from '../ingest/quality/quality-routes.ts';
import { readEventRoute, readReceiptRoute } from '../ingest/receipt/receipt-routes.ts';
import { readEventSchemaRoute } from '../ingest/schema-routes.ts';
import { readLedgerRoute } from '../ledger/ledger-routes.ts';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import { deadLetterRoutes } from '../project/dead-letters/dead-letter-routes.ts';
import { graphStream } from '../project/start-projectors.ts';
import { listRepairsRoute, listRunsRoute } from '../reconcile/runs/runs-routes.ts';
import { firstPageRoutes } from '../web/first-page-routes.ts';
import type { DoorKeeper } from './open-intake.ts';
import { type Stores, storeChecks } from './open-stores.ts';
import { readVersion } from './read-version.ts';
import { receiptDeps } from './receipt-deps.ts';

type Parts = {
  config: Config;
  stores: Stores;
  cascades: Cascades;
  intake: Pick<DoorKeeper, 'refusal'>;
  quality: Pick<KeptQuality, 'saw'>;
  isStopping: () => boolean;
  logger: Logger;
  metrics: Metrics;
};

/** Every route of the service, each bound to no more than it needs. */
export function serviceRoutes(parts: Parts): MountedRoute[] {
  const { graph, facts, log } = parts.stores;
  const routes = [
    ...ingestRoutes(parts),
    ...mount(cascadeRoutes, { graph, facts, cascades: parts.cascades, maxViews: parts.config.cascade.maxViews }),
    ...mount(exportRoutes(parts.config.cascade), { graph, facts, cascades: parts.cascades }),
    ...mount(accountRoutes(parts.config.cascade), { graph, facts, cascades: parts.cascades }),
    ...engagementOf(parts),
    ...mount([readLedgerRoute(parts.config.ledger)], { graph, facts, log, now: Date.now }),
    ...letterRoutes(parts),
    ...mount([listRunsRoute, listRepairsRoute], { facts }),
    ...mount(firstPageRoutes, {}),
  ];
  return [...routes, ...ownRoutes(parts, routes)];
}

function ingestRoutes({ config, stores, intake, quality, metrics }: Parts): MountedRoute[] {
  const deps = {
    log: stores.log,
    now: Date.now,
    count: (outcome: string, number: number) => metrics.countEvents(outcome, number),
    sawItems: quality.saw,
    time: metrics.sawAcceptStep,
    refusal: () => intake.refusal(),
    countShed: metrics.countShed,
    limits: config.ingest.scan,
    sleep: async (durationMs: number) => delay(durationMs),
    ...receiptDeps(stores),
  };
  const reading = [readEventRoute, readReceiptRoute, readEventSchemaRoute, readQualityRoute(config.quality)];
  return mount([acceptEventsRoute(config.ingest), ...reading], deps);
}

function engagementOf({ config, stores: { facts, log }, metrics }: Parts): MountedRoute[] {
  const wholeFrom = openWholeFrom({ facts, now: Date.now }, { maxAgeMs: config.engagement.wholeFromMs });
  const limits = { ...config.engagement, quarterDays: config.retention.quarterDays };
  const deps = { facts, asOf: openFactsAsOf({ log }), wholeFrom, now: Date.now, limits };
  const memory = {
    watermark: openPosition({ log }),
    now: Date.now,
    onRecall: metrics.sawRecall,
    onKeep: metrics.sawKeep,
  };
  return rememberAnswers(memory, config.answers, ofWholeRanges(wholeFrom, mount(engagementRoutes, deps)));
}

function letterRoutes({ stores }: Parts): MountedRoute[] {
  const { graph, facts, log } = stores;
  const areFactsHeld = async () => (await log.holds.asked('facts')) !== null;
  return mount(deadLetterRoutes, { graph, facts, areFactsHeld, stream: graphStream, now: Date.now });
}

function ownRoutes(
  { stores, intake, isStopping, logger, metrics }: Parts,
  routes: readonly MountedRoute[],
): MountedRoute[] {
  const version = readVersion();
  return systemRoutes({
    routes,
    logger,
    metrics,
    checks: storeChecks(stores),
    ingestCheck: () => stores.log.ping(),
    ingestRefusal: () => intake.refusal(),
    isStopping,
    api: { title: 'Sharetrail', version: version.version, description: 'Who shared from whom, exactly.' },
    version,
  });
}
