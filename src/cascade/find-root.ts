import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import type { Extent } from './desk/messages.ts';
import type { Cascades } from './open-cascades.ts';
import { postState } from './read-post.ts';

export const readRootStatement = statement('cypher/cascade/read-root.cypher', {
  params: z.object({ rootPostId: z.string(), atMs: z.number().nullable() }),
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

/** Why a cascade cannot be shown: the post is a share of another one, no root of that id is linked, or it was not yet. */
export type NoCascade =
  | { kind: 'not_a_root'; rootPostId: string }
  | { kind: 'not_found'; pending: number }
  | { kind: 'not_begun'; pending: number };
/** Lineage has no extent yet of a root that the graph has just linked: then it is a cascade of one post. */
export type FoundCascade = { kind: 'found'; root: Root; extent: Extent | null; asOfMs: number };
export type RootOutcome = FoundCascade | NoCascade;

export type RootDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  cascades: Pick<Cascades, 'ask' | 'extent' | 'watermark'>;
};

/** The root of a cascade as the graph knows it, and how far lineage reaches below it; `pending` as of a time. */
export async function findRoot(deps: RootDeps, rootPostId: string, atMs: number | null = null): Promise<RootOutcome> {
  const asOfMs = await deps.cascades.watermark();
  const [known, extent] = await Promise.all([findKnownRoot(deps, rootPostId, atMs), deps.cascades.extent(rootPostId)]);
  return known.kind === 'known' ? { kind: 'found', root: known.root, extent, asOfMs } : known;
}

/** The root alone, for answers that need nothing of what is below it. */
export async function findKnownRoot(
  { graph }: Pick<RootDeps, 'graph'>,
  rootPostId: string,
  atMs: number | null = null,
): Promise<{ kind: 'known'; root: Root } | NoCascade> {
  const [found] = await graph.read(readRootStatement, { rootPostId, atMs });
  if (found === undefined) throw new Error('the graph always answers for a root, known or not');
  const { state, rootId, ...known } = found;
  if (rootId !== null && rootId !== rootPostId) return { kind: 'not_a_root', rootPostId: rootId };
  if (state !== 'linked') return { kind: 'not_found', pending: known.pending };
  return { kind: 'known', root: { ...known, rootPostId } };
}
