import { acceptedAtMsOf } from '../log/entry-id.ts';
import type { Metrics } from '../observe/create-metrics.ts';
import type { Stores } from './open-stores.ts';

/**
 * Asked before each scrape: how long the log is, how old its oldest entry, how far behind each projector,
 * whether the books balanced when somebody last looked, how busy the pool.
 */
export function watchStores({ graph, log }: Stores, metrics: Metrics, graphPoolSize: number): void {
  metrics.beforeScrape(async () => {
    const inUse = graph.inUse();
    metrics.setPool({ store: 'neo4j', inUse, idle: graphPoolSize - inUse });
    const [entries, bytes, oldest, lastSeq, progress, waiting, check] = await Promise.all([
      log.length(),
      log.bytes(),
      log.oldestEntry(),
      log.lastSeq(),
      log.readProgress(),
      log.unprojected(),
      log.readLedgerCheck(),
    ]);
    const lagMs = (id: string | null) => (id === null ? 0 : Math.max(0, Date.now() - acceptedAtMsOf(id)));
    metrics.setLog({ entries, bytes, oldestAgeMs: oldest === null ? 0 : Date.now() - oldest.acceptedAtMs });
    const partition = '0';
    metrics.setProjector({
      projector: 'graph',
      partition,
      lagEvents: lastSeq - progress.graphSeq,
      lagMs: lagMs(waiting.graph),
    });
    metrics.setProjector({
      projector: 'facts',
      partition,
      lagEvents: lastSeq - progress.factsSeq,
      lagMs: lagMs(waiting.facts),
    });
    metrics.setProjector({ projector: 'tally', partition, lagEvents: progress.factsSeq - progress.tallySeq });
    metrics.setLedger({
      unbalancedMinutes: check?.unbalanced.length ?? 0,
      checkAgeMs: check === null ? 0 : Date.now() - check.checkedAtMs,
    });
    const unmirrored = progress.graphLinkSeq - progress.lineageLinkSeq;
    metrics.setProjector({ projector: 'lineage', partition, lagEvents: unmirrored });
  });
}
