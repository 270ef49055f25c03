import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import type { Watermark } from './find-watermark.ts';

const params = z.object({ rootIds: z.array(z.string()), acceptSeq: z.number(), linkSeq: z.number() });
const row = z.object({
  rootId: z.string(),
  shares: z.number(),
  ids: z.string(),
  edges: z.string(),
  depths: z.string(),
  times: z.string(),
  weights: z.string(),
});

export const digestEdgesStatement = statement('cypher/reconcile/digest-edges.cypher', { params, row });
export const digestSharesStatement = statement('clickhouse/reconcile/digest-shares.sql', { params, row });

export type Side = { shares: number; digest: string };

/** `drift` is facts minus graph; equal numbers with differing digests mean that something was moved or changed. */
export type Comparison = {
  rootId: string;
  graph: Side;
  facts: Side;
  drift: number;
  agrees: boolean;
  /** What lineage gets wrong by itself, empty where nothing. */
  lineage: string;
};

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'select'> };

/** Counts and digests of the same cascades in both stores, below one watermark. */
export async function compareRoots(
  { graph, facts }: Deps,
  rootIds: readonly string[],
  { acceptSeq, linkSeq }: Watermark,
): Promise<Comparison[]> {
  const asked = { rootIds: [...rootIds], acceptSeq, linkSeq };
  const [edges, shares] = await Promise.all([
    graph.read(digestEdgesStatement, asked),
    facts.select(digestSharesStatement, asked),
  ]);
  const inGraph = sidesOf(edges);
  const inFacts = sidesOf(shares);
  return rootIds.map((rootId) => {
    const ofGraph = inGraph.get(rootId) ?? nothing;
    const ofFacts = inFacts.get(rootId) ?? nothing;
    const drift = ofFacts.shares - ofGraph.shares;
    return { rootId, graph: ofGraph, facts: ofFacts, drift, agrees: ofGraph.digest === ofFacts.digest, lineage: '' };
  });
}

const nothing: Side = { shares: 0, digest: '0 0 0 0 0 0' };

function sidesOf(rows: ReadonlyArray<z.output<typeof row>>): Map<string, Side> {
  return new Map(
    rows.map(({ rootId, shares, ids, edges, depths, times, weights }) => [
      rootId,
      { shares, digest: `${shares} ${ids} ${edges} ${depths} ${times} ${weights}` },
    ]),
  );
}
