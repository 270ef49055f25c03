import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';
import { checkLineage } from './check-lineage.ts';
import { type Comparison, compareRoots } from './compare-roots.ts';
import { findWatermark, type Watermark } from './find-watermark.ts';

export const findMovingRootsStatement = statement('cypher/reconcile/find-moving-roots.cypher', {
  params: z.object({ rootIds: z.array(z.string()), linkSeq: z.number() }),
  row: z.object({ rootId: z.string() }),
});

export type ReconcileDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select' | 'insert'>;
  log: Pick<Log, 'readProgress' | 'readEntryOfSeq'>;
  now: () => number;
  /** Told of every cascade on which the stores do not agree. */
  onDisagreement: (comparison: Comparison) => void;
};

const columns = [
  'root_id',
  'reconciled_at',
  'accept_seq',
  'link_seq',
  'accepted_at',
  'graph_shares',
  'facts_shares',
  'graph_digest',
  'facts_digest',
  'drift',
];

/**
 * Compares some cascades between both stores and keeps what was found, where their summaries show it. One that was being
 * moved while it was compared is left out: lineage says that it changed when it has followed, and then it is compared.
 */
export async function reconcileRoots(deps: ReconcileDeps, rootIds: readonly string[]): Promise<Comparison[]> {
  const watermark = rootIds.length === 0 ? null : await findWatermark(deps);
  if (watermark === null) return [];
  const compared = await compareWhole(deps, rootIds, watermark);
  const disagreeing = compared.filter((comparison) => !comparison.agrees).map((comparison) => comparison.rootId);
  const moving = await findMovingRoots(deps, disagreeing, watermark.linkSeq);
  const comparisons = compared.filter((comparison) => !moving.has(comparison.rootId));
  const reconciledAtMs = deps.now();
  const rows = comparisons.map((comparison) => toRow(comparison, watermark, reconciledAtMs));
  await deps.facts.insert({ table: 'reconciliations', columns, token: `reconcile:${randomUUID()}` }, rows);
  for (const comparison of comparisons) if (!comparison.agrees) deps.onDisagreement(comparison);
  return comparisons;
}

/** What lineage gets wrong by itself is no drift, but it is said in the facts' digest: so they do not agree. */
async function compareWhole(deps: ReconcileDeps, rootIds: readonly string[], watermark: Watermark) {
  const [compared, wrong] = await Promise.all([
    compareRoots(deps, rootIds, watermark),
    checkLineage(deps, rootIds, watermark.linkSeq),
  ]);
  return compared.map((comparison): Comparison => {
    const said = wrong.get(comparison.rootId);
    if (said === undefined) return comparison;
    const facts = { ...comparison.facts, digest: `${comparison.facts.digest} (${said})` };
    return { ...comparison, facts, lineage: said, agrees: false };
  });
}

async function findMovingRoots(
  { graph }: Pick<ReconcileDeps, 'graph'>,
  rootIds: string[],
  linkSeq: number,
): Promise<Set<string>> {
  if (rootIds.length === 0) return new Set();
  const moving = await graph.read(findMovingRootsStatement, { rootIds, linkSeq });
  return new Set(moving.map((row) => row.rootId));
}

function toRow({ rootId, graph, facts, drift }: Comparison, watermark: Watermark, reconciledAtMs: number): unknown[] {
  const { acceptSeq, linkSeq, acceptedAtMs } = watermark;
  const sides = [graph.shares, facts.shares, graph.digest, facts.digest];
  return [rootId, reconciledAtMs, acceptSeq, linkSeq, acceptedAtMs, ...sides, drift];
}
