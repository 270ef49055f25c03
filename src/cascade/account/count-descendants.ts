import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { Extent } from '../desk/messages.ts';
import type { Cascades } from '../open-cascades.ts';

export const findSharedCascadesStatement = statement('cypher/cascade/account/find-shared-cascades.cypher', {
  params: z.object({ accountId: z.string(), limit: z.number() }),
  row: z.object({ total: z.number(), rootIds: z.array(z.string()) }),
});

export const findExtentsStatement = statement('clickhouse/cascade/account/find-extents.sql', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: z.object({ rootId: z.string(), generation: z.number(), posts: z.number() }),
});

export const findOwnPlacesStatement = statement('clickhouse/cascade/account/find-own-places.sql', {
  params: z.object({ rootIds: z.array(z.string()), accountId: z.string() }),
  row: z.object({ rootId: z.string(), generation: z.number(), seqs: z.array(z.number()) }),
});

/** How many cascades of others are counted for one account, and how many posts they may have in all. */
export type DescendantLimits = { accountCascades: number; accountPosts: number };
export type DescendantsDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  cascades: Pick<Cascades, 'ask'>;
};

/** Posts below the shares of an account in cascades of others, and how many of these cascades were counted. */
export type Descendants = { count: number; cascades: { counted: number; total: number } };

export async function countDescendants(
  deps: DescendantsDeps,
  accountId: string,
  limits: DescendantLimits,
): Promise<Descendants> {
  const [found] = await deps.graph.read(findSharedCascadesStatement, { accountId, limit: limits.accountCascades });
  const { total, rootIds } = found ?? { total: 0, rootIds: [] };
  const { fitting, leftOut } = await findFitting(deps, rootIds, limits.accountPosts);
  const places = await findPlaces(deps, fitting, accountId);
  let count = 0;
  for (const extent of fitting) count += await countInCascade(deps, extent, places.get(placeKey(extent)) ?? []);
  return { count, cascades: { counted: rootIds.length - leftOut, total } };
}

/** The cascades that together stay below the limit; one that lineage has not reached yet has nothing to be counted. */
async function findFitting({ facts }: DescendantsDeps, rootIds: readonly string[], maxPosts: number) {
  const extents = rootIds.length === 0 ? [] : await facts.select(findExtentsStatement, { rootIds: [...rootIds] });
  const byRoot = new Map(extents.map((extent) => [extent.rootId, extent]));
  const fitting: Extent[] = [];
  let posts = 0;
  for (const rootId of rootIds) {
    const extent = byRoot.get(rootId);
    if (extent === undefined || posts + extent.posts > maxPosts) continue;
    posts += extent.posts;
    fitting.push(extent);
  }
  return { fitting, leftOut: byRoot.size - fitting.length };
}

async function findPlaces({ facts }: DescendantsDeps, extents: readonly Extent[], accountId: string) {
  const rootIds = extents.map(({ rootId }) => rootId);
  const rows = rootIds.length === 0 ? [] : await facts.select(findOwnPlacesStatement, { rootIds, accountId });
  return new Map(rows.map((row) => [placeKey(row), row.seqs]));
}

function placeKey({ rootId, generation }: { rootId: string; generation: number }): string {
  return `${generation} ${rootId}`;
}

/** The only place here that takes a cascade into memory. One written anew meanwhile has other places: it counts next time. */
async function countInCascade({ cascades }: DescendantsDeps, extent: Extent, seqs: readonly number[]): Promise<number> {
  const { generation, answer } = await cascades.ask(extent, 'countBelow', { seqs: Uint32Array.from(seqs) });
  return generation === extent.generation ? answer : 0;
}
