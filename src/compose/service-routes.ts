import { setTimeout as delay } from 'node:timers/promises';
import { cascadeRoutes } from '../cascade/cascade-routes.ts';
import type { Cascades } from '../cascade/open-cascades.ts';
import type { Config } from '../config.ts';
import { type MountedRoute, mount } from '../http/route.ts';
import { systemRoutes } from '../http/system-routes.ts';
import { acceptEventsRoute } from '../ingest/accept/accept-events-routes.ts';
import { readEventRoute, readReceiptRoute } from '../ingest/receipt/receipt-routes.ts';
import { readEventSchemaRoute } from '../ingest/schema-routes.ts';
import type { Logger } from '../observe/create-logger.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import { findFact, findFactsOutcomes } from '../project/receipt/find-facts-outcomes.ts';
import { findGraphOutcomes } from '../project/receipt/find-graph-outcomes.ts';
import { firstPageRoutes } from '../web/first-page-routes.ts';
import { type Stores, storeChecks } from './open-stores.ts';
import { readVersion } from './read-version.ts';

type Parts = { config: Config; stores: Stores; cascades: Cascades; logger: Logger; metrics: Metrics };

/** Every route of the service, each bound to no more than it needs. */
export function serviceRoutes(parts: Parts): MountedRoute[] {
  const { graph, facts } = parts.stores;
  const routes = [
    ...ingestRoutes(parts),
    ...mount(cascadeRoutes, { graph, facts, cascades: parts.cascades }),
    ...mount(firstPageRoutes, {}),
  ];
  return [...routes, ...ownRoutes(parts, routes)];
}

function ingestRoutes({ config, stores, metrics }: Parts): MountedRoute[] {
  const { graph, facts, log } = stores;
  const deps = {
    log,
    now: Date.now,
    count: (outcome: string, number: number) => metrics.countEvents(outcome, number),
    time: () => undefined,
    limits: config.ingest.scan,
    sleep: async (durationMs: number) => delay(durationMs),
    progress: () => log.readProgress(),
    lastSeq: () => log.lastSeq(),
    findOutcomes: async (range: { firstSeq: number; count: number }) => ({
      graph: await findGraphOutcomes({ graph }, range),
      facts: await findFactsOutcomes({ facts }, range),
    }),
    findSeqOfId: (eventId: string) => log.findSeqOfId(eventId),
    readEntryOfSeq: (seq: number) => log.readEntryOfSeq(seq),
    findFact: (eventId: string) => findFact({ facts }, eventId),
  };
  return mount([acceptEventsRoute(config.ingest), readEventRoute, readReceiptRoute, readEventSchemaRoute], deps);
}

function ownRoutes({ stores, logger, metrics }: Parts, routes: readonly MountedRoute[]): MountedRoute[] {
  const version = readVersion();
  return systemRoutes({
    routes,
    logger,
    metrics,
    checks: storeChecks(stores),
    ingestCheck: () => stores.log.ping(),
    api: { title: 'Sharetrail', version: version.version, description: 'Who shared from whom, exactly.' },
    version,
  });
}
