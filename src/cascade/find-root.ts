import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import type { Cascade, Extent } from './columns/cascade-cache.ts';
import { appendRows, createColumns } from './columns/columns.ts';
import { findExtent } from './columns/find-extent.ts';
import type { Cascades } from './open-cascades.ts';
import { postState } from './read-post.ts';

export const readRootStatement = statement('cypher/cascade/read-root.cypher', {
  params: z.object({ rootPostId: z.string() }),
  row: z.object({
    state: postState.nullable(),
    rootId: z.string().nullable(),
    authorId: z.string().nullable(),
    createdAt: z.number().nullable(),
    removedAt: z.number().nullable(),
    assumed: z.boolean(),
    pending: z.number(),
  }),
});

export type Root = Omit<z.output<typeof readRootStatement.row>, 'state' | 'rootId'> & { rootPostId: string };

/** Why a cascade cannot be shown: the post is a share of another one, or there is no linked root of that id. */
export type NoCascade = { kind: 'not_a_root'; rootPostId: string } | { kind: 'not_found'; pending: number };
export type RootOutcome = { kind: 'found'; root: Root; cascade: Cascade; asOfMs: number } | NoCascade;

export type RootDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  cascades: Pick<Cascades, 'load' | 'watermark'>;
};

type LocateDeps = Omit<RootDeps, 'cascades'> & { cascades: Pick<Cascades, 'watermark'> };
type Located = { kind: 'found'; root: Root; extent: Extent | null; asOfMs: number } | NoCascade;

/** The root of a cascade as the graph knows it, together with the cascade's columns. */
export async function findRoot(deps: RootDeps, rootPostId: string): Promise<RootOutcome> {
  const located = await locateRoot(deps, rootPostId);
  if (located.kind !== 'found') return located;
  const { root, extent, asOfMs } = located;
  return { kind: 'found', root, cascade: await loadCascade(deps, root, extent), asOfMs };
}

/** The root, and how far lineage reaches for it: null for a moment, where it has nothing of the cascade yet. */
export async function locateRoot(deps: LocateDeps, rootPostId: string): Promise<Located> {
  const asOfMs = await deps.cascades.watermark();
  const [[found], extent] = await Promise.all([
    deps.graph.read(readRootStatement, { rootPostId }),
    findExtent(deps, rootPostId),
  ]);
  if (found === undefined) throw new Error('the graph always answers for a root, known or not');
  const { state, rootId, ...known } = found;
  if (rootId !== null && rootId !== rootPostId) return { kind: 'not_a_root', rootPostId: rootId };
  if (state !== 'linked') return { kind: 'not_found', pending: known.pending };
  return { kind: 'found', root: { ...known, rootPostId }, extent, asOfMs };
}

/** A root that the graph has and lineage has not reached yet is a cascade of one post. */
async function loadCascade({ cascades }: RootDeps, root: Root, extent: Extent | null): Promise<Cascade> {
  if (extent !== null) return cascades.load(extent);
  const columns = createColumns(1);
  const zero = new Uint32Array(1);
  const timeMs = Float64Array.of(root.createdAt ?? 0);
  appendRows(columns, { parentSeq: zero, depth: zero, timeMs, accountOrd: zero });
  return {
    rootId: root.rootPostId,
    generation: 0,
    columns,
    shape: null,
    largestBroadcast: { posts: 1, postId: root.rootPostId },
  };
}
