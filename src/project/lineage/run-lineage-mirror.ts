import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import type { Claim } from '../claim.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import { type MirrorLimits, mirrorLineage } from './mirror-lineage.ts';

type Deps = {
  graph: Graph;
  facts: Facts;
  log: Pick<Log, 'publishProgress'>;
  /** Cascades that changed; losing this hint loses nothing, a sweeper finds them. */
  onRoots: (rootIds: string[]) => void;
  onBatch: OnBatch;
};

/** Before anything was committed the place is the log's first, which reads as link number 0. */
export async function beginMirrorTurn(deps: Deps, claim: Claim, limits: MirrorLimits): Promise<Turn> {
  const memory = new Map();
  return {
    step: async () => {
      const startedAt = performance.now();
      const mirrored = await mirrorLineage(deps, claim, memory, limits);
      await deps.log.publishProgress({ lineageLinkSeq: mirrored.linkSeq });
      if (!mirrored.moved) return 'idle';
      deps.onBatch(mirrored.posts, performance.now() - startedAt);
      deps.onRoots(mirrored.rootIds);
      return 'busy';
    },
  };
}
