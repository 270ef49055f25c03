import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { emptyPlaces, lineageColumns, placePost } from './cascade-place.ts';
import { findCascadeLinkedStatement } from './linked-posts.ts';
import type { PlacesMemory } from './places-memory.ts';

export const findNewestGenerationStatement = statement('clickhouse/project/find-newest-generation.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({ generation: z.number() }),
});

type Deps = { graph: Graph; facts: Facts };
type Change = { rootId: string; linkSeq: number };

/**
 * Writes a whole cascade anew as the graph has it, under a new generation, and then lets that generation count.
 * A crash in between leaves rows of a generation that never counts; the next try takes a greater one.
 */
export async function rewriteRoot(
  { graph, facts }: Deps,
  memory: PlacesMemory,
  change: Change,
  limit: number,
): Promise<void> {
  const { rootId, linkSeq } = change;
  const [newest] = await facts.select(findNewestGenerationStatement, { rootId });
  const cascade = emptyPlaces((newest?.generation ?? 0) + 1);
  const name = `lineage:${rootId}:${cascade.generation}`;
  let after = 0;
  while (after < linkSeq) {
    const posts = await graph.read(findCascadeLinkedStatement, { rootId, after, upTo: linkSeq, limit });
    const rows = posts.map((post) => placePost(cascade, post));
    await facts.insert({ table: 'lineage', columns: lineageColumns, token: `${name}:${after}` }, rows);
    after = posts.length < limit ? linkSeq : (posts.at(-1)?.linkSeq ?? linkSeq);
  }
  const counts = { table: 'lineage_generations', columns: ['root_id', 'generation'], token: name };
  await facts.insert(counts, [[rootId, cascade.generation]]);
  memory.set(rootId, cascade);
}
