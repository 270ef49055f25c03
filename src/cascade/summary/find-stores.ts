import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { CascadeStores } from '../answers.ts';
import type { Cascades } from '../open-cascades.ts';

export const findReconciliationStatement = statement('clickhouse/cascade/find-reconciliation.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({
    graphShares: z.number(),
    factsShares: z.number(),
    drift: z.number(),
    acceptedAtMs: z.number(),
    reconciledAtMs: z.number(),
  }),
});

type Deps = { facts: Pick<Facts, 'select'>; cascades: Pick<Cascades, 'comparisons'> };

/** What the last comparison of a cascade found; both stores were counted below one watermark, which is their `asOf`. */
export function findStores({ facts, cascades }: Deps, rootId: string): Promise<CascadeStores> {
  return cascades.comparisons(rootId, () => readStores(facts, rootId));
}

async function readStores(facts: Deps['facts'], rootId: string): Promise<CascadeStores> {
  const [last] = await facts.select(findReconciliationStatement, { rootId });
  if (last === undefined) return notReconciled;
  const asOf = timeOf(last.acceptedAtMs);
  return {
    graph: { shares: last.graphShares, asOf },
    facts: { shares: last.factsShares, asOf },
    drift: last.drift,
    lastReconciledAt: timeOf(last.reconciledAtMs),
  };
}

const notReconciled: CascadeStores = {
  graph: { shares: null, asOf: null },
  facts: { shares: null, asOf: null },
  drift: null,
  lastReconciledAt: null,
};
