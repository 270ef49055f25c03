import { listCascades } from '../../src/cascade/lists/list-cascades.ts';
import type { Cascades } from '../../src/cascade/open-cascades.ts';
import { summarizeCascade } from '../../src/cascade/summary/summarize-cascade.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** Nothing is remembered from one reading to the next. */
export const cascadeLimits = {
  maxBytes: 100_000_000,
  watermarkMs: 0,
  extentMs: 0,
  percentileMs: 0,
  comparisonMs: 0,
  remembered: 0,
};

type Stores = { graph: Graph; facts: Facts };
type Summaries = Map<string, Record<string, unknown>>;

/** The summary of every cascade that has shares, as the API answers it, but for how far the stores had come by then. */
export async function summarizeAll(stores: Stores, cascades: Cascades): Promise<Summaries> {
  const deps = { ...stores, cascades };
  const search = { fromMs: null, toMs: null, minShares: 1, authorId: null, limit: 10_000 };
  const { items } = await listCascades(deps, { ...search, category: null, after: null, sort: 'shares' });
  const summaries: Summaries = new Map();
  for (const { rootPostId } of items) {
    const outcome = await summarizeCascade(deps, rootPostId, null);
    if (outcome.kind !== 'found') throw new Error(`${rootPostId} is listed but has no summary`);
    const { stores: _stores, asOf: _asOf, ...summary } = outcome.summary;
    summaries.set(rootPostId, summary);
  }
  return summaries;
}
