import type { Graph } from '../../graph/graph.ts';
import type { Cursor } from '../graph/cursor.ts';
import { dissolveRoot } from '../graph/dissolve-root.ts';
import { type LinkLimits, linkWaiting } from '../graph/link-waiting.ts';
import { withCursor } from './with-cursor.ts';

type Deps = { graph: Graph };

/**
 * Links what a repair left to link, step by bounded step, as the graph projector would; both may do it at once, because
 * each step locks the cursor and begins from what is stored.
 */
export async function settleGraph(
  { graph }: Deps,
  stream: string,
  limits: LinkLimits & { maxSteps: number },
): Promise<void> {
  await withCursor({ graph }, stream, async (begun) => {
    let cursor: Cursor = begun;
    // Under traffic there may always be more to link; the projector goes on with it.
    for (let step = 0, more = true; more && step < limits.maxSteps; step += 1) {
      const dissolved = await dissolveRoot({ graph }, cursor, limits.maxPosts);
      const linked = dissolved.more ? dissolved : await linkWaiting({ graph }, dissolved.cursor, limits);
      ({ cursor, more } = linked);
    }
  });
}
