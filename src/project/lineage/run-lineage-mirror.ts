import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { numberOfPosition } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { Claim } from '../claim.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import { type MirrorLimits, mirrorLineage } from './mirror-lineage.ts';

type Deps = {
  graph: Graph;
  facts: Facts;
  log: Pick<Log, 'publishProgress' | 'readProgress'>;
  /** Cascades that changed; losing this hint loses nothing, a sweeper finds them. */
  onRoots: (rootIds: string[]) => void;
  onBatch: OnBatch;
};

export async function beginMirrorTurn(deps: Deps, claim: Claim, limits: Omit<MirrorLimits, 'upTo'>): Promise<Turn> {
  const memory = new Map();
  // A crash may have come between the last commit and telling of it.
  await deps.log.publishProgress({ lineageLinkSeq: numberOfPosition(claim.position) });
  return {
    step: async () => {
      const startedAt = performance.now();
      const { graphLinkSeq: upTo } = await deps.log.readProgress();
      const mirrored = await mirrorLineage(deps, claim, memory, { ...limits, upTo });
      // Every write to Redis goes to disk at once, so an idle mirror writes nothing.
      if (!mirrored.moved) return 'idle';
      await deps.log.publishProgress({ lineageLinkSeq: mirrored.linkSeq });
      deps.onBatch(mirrored.posts, performance.now() - startedAt);
      deps.onRoots(mirrored.rootIds);
      return 'busy';
    },
  };
}
