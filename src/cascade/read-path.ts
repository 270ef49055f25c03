import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import { timeOf, timeOrNull } from '../query/times.ts';
import type { PathBody } from './answers.ts';
import { explainNoPost, type NoPost } from './explain-no-post.ts';
import type { Cascades } from './open-cascades.ts';

export const readPathStatement = statement('cypher/cascade/read-path.cypher', {
  params: z.object({ postId: z.string() }),
  row: z.object({
    postIds: z.array(z.string()),
    authorIds: z.array(z.string().nullable()),
    createdAts: z.array(z.number().nullable()),
    removedAts: z.array(z.number().nullable()),
  }),
});

type Chain = z.output<typeof readPathStatement.row>;
export type PathDeps = { graph: Pick<Graph, 'read'>; cascades: Pick<Cascades, 'watermark'> };

export type PathOutcome = { kind: 'found'; path: PathBody } | NoPost;

/** The exact chain from the root to a post, or why there is none. */
export async function readPath(deps: PathDeps, postId: string): Promise<PathOutcome> {
  const asOfMs = await deps.cascades.watermark();
  const [chain] = await deps.graph.read(readPathStatement, { postId });
  if (chain === undefined) return explainNoPost(deps, postId);
  return { kind: 'found', path: pathBody(postId, chain, asOfMs) };
}

function pathBody(postId: string, chain: Chain, asOfMs: number): PathBody {
  const { postIds, authorIds, createdAts, removedAts } = chain;
  return {
    postId,
    rootPostId: postIds[0] ?? postId,
    depth: postIds.length - 1,
    sharePath: postIds.map(encodeURIComponent).join('/'),
    // A place in the chain is a depth.
    path: postIds.map((id, depth) => ({
      postId: id,
      authorId: authorIds[depth] ?? null,
      createdAt: timeOrNull(createdAts[depth] ?? null),
      depth,
      removedAt: timeOrNull(removedAts[depth] ?? null),
    })),
    asOf: timeOf(asOfMs),
  };
}
