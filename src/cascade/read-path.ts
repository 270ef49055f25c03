import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import { statement } from '../query/statement.ts';
import { type PathBody, timeOf, timeOrNull } from './answers.ts';
import type { Cascades } from './open-cascades.ts';
import { readPostStatement } from './read-post.ts';

export const readPathStatement = statement('cypher/cascade/read-path.cypher', {
  params: z.object({ postId: z.string() }),
  row: z.object({
    postId: z.string(),
    authorId: z.string().nullable(),
    createdAt: z.number().nullable(),
    depth: z.number(),
    removedAt: z.number().nullable(),
  }),
});

export const findMissingParentStatement = statement('cypher/cascade/find-missing-parent.cypher', {
  params: z.object({ postId: z.string() }),
  row: z.object({ missingPostId: z.string() }),
});

type PathStep = z.output<typeof readPathStatement.row>;
export type PathDeps = { graph: Pick<Graph, 'read'>; cascades: Pick<Cascades, 'watermark'> };

export type PathOutcome =
  | { kind: 'found'; path: PathBody }
  | { kind: 'unknown' }
  | { kind: 'pending'; missingParentPostId: string }
  | { kind: 'quarantined'; parentPostId: string | null };

/** The exact chain from the root to a post, or why there is none. */
export async function readPath(deps: PathDeps, postId: string): Promise<PathOutcome> {
  const asOfMs = await deps.cascades.watermark();
  const steps = await deps.graph.read(readPathStatement, { postId });
  const root = steps[0];
  if (root === undefined) return explainNoPath(deps, postId);
  return { kind: 'found', path: pathBody(postId, root, { steps, asOfMs }) };
}

function pathBody(postId: string, root: PathStep, of: { steps: readonly PathStep[]; asOfMs: number }): PathBody {
  return {
    postId,
    rootPostId: root.postId,
    depth: of.steps.length - 1,
    sharePath: of.steps.map((step) => encodeURIComponent(step.postId)).join('/'),
    path: of.steps.map((step) => ({
      ...step,
      createdAt: timeOrNull(step.createdAt),
      removedAt: timeOrNull(step.removedAt),
    })),
    asOf: timeOf(of.asOfMs),
  };
}

async function explainNoPath({ graph }: PathDeps, postId: string): Promise<PathOutcome> {
  const [post] = await graph.read(readPostStatement, { postId });
  if (post === undefined) return { kind: 'unknown' };
  if (post.state === 'quarantined') return { kind: 'quarantined', parentPostId: post.parentId };
  const [top] = await graph.read(findMissingParentStatement, { postId });
  return { kind: 'pending', missingParentPostId: top?.missingPostId ?? post.parentId ?? postId };
}
