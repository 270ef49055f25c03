import type { Config } from '../config.ts';
import { type Facts, openFacts } from '../facts/facts.ts';
import { type Graph, openGraph } from '../graph/graph.ts';
import { type Log, openLog } from '../log/open-log.ts';

export type Stores = { graph: Graph; facts: Facts; log: Log; close(): Promise<void> };

/** Connections to the three stores; who started them is not known here. */
export async function openStores(config: Config, onError: (error: Error) => void): Promise<Stores> {
  const graph = openGraph(config.neo4j);
  const facts = openFacts(config.clickhouse);
  const { url, prefix, idMemoryBytes, timeoutMs } = config.redis;
  const log = await openLog({ url, prefix, idMemoryBytes, answerTimeoutMs: timeoutMs, onError });
  return {
    graph,
    facts,
    log,
    close: async () => {
      log.close();
      await Promise.allSettled([graph.close(), facts.close()]);
    },
  };
}

/** One question a store, answered where the store answers. */
export function storeChecks({ graph, facts, log }: Stores): Record<string, () => Promise<void>> {
  return { neo4j: () => graph.ping(), clickhouse: () => facts.ping(), redis: () => log.ping() };
}
