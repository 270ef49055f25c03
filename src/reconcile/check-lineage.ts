import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';

export const checkLineageStatement = statement('clickhouse/reconcile/check-lineage.sql', {
  params: z.object({ rootIds: z.array(z.string()), linkSeq: z.number() }),
  row: z.object({ rootId: z.string(), wrong: z.string() }),
});
export const findLinkedRootsStatement = statement('cypher/reconcile/find-linked-roots.cypher', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: z.object({ rootId: z.string(), linkSeq: z.number() }),
});

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'select'> };

/**
 * Cascades whose lineage, or what is fed by it, is wrong in a way that no sum over shares shows, and in which way. A root
 * that nobody shared has no sums at all, so that it is there at all is asked of both stores.
 */
export async function checkLineage(
  { graph, facts }: Deps,
  rootIds: readonly string[],
  linkSeq: number,
): Promise<Map<string, string>> {
  const linked = await graph.read(findLinkedRootsStatement, { rootIds: [...rootIds] });
  const rows = await facts.select(checkLineageStatement, { rootIds: [...rootIds], linkSeq });
  const known = new Set(rows.map((row) => row.rootId));
  const roots = new Set(linked.map((row) => row.rootId));
  const wrong = new Map<string, string>();
  for (const row of rows) {
    if (!roots.has(row.rootId)) wrong.set(row.rootId, 'not a root in the graph');
    else if (row.wrong !== '') wrong.set(row.rootId, row.wrong);
  }
  for (const root of linked) {
    if (!known.has(root.rootId) && root.linkSeq <= linkSeq) wrong.set(root.rootId, 'missing');
  }
  return wrong;
}
