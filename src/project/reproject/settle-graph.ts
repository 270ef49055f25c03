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
export async function settleGraph({ graph }: Deps, stream: string, limits: LinkLimits): Promise<void> {
  await withCursor({ graph }, stream, async (begun) => {
    let cursor: Cursor = begun;
    for (let more = true; more; ) {
      const dissolved = await dissolveRoot({ graph }, cursor, limits.maxPosts);
      const step = dissolved.more ? dissolved : await linkWaiting({ graph }, dissolved.cursor, limits);
      ({ cursor, more } = step);
    }
  });
}
