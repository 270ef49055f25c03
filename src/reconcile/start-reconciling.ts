import type { Jobs } from '../jobs/open-jobs.ts';
import { type GatherLimits, gatherRoots } from './gather-roots.ts';
import { reconcileRootJob } from './reconcile-root-job.ts';
import { type ReconcileDeps, reconcileRoots } from './reconcile-roots.ts';
import { sweepRoots } from './sweep-roots.ts';
import { sweepRootsJob } from './sweep-roots-job.ts';

export type ReconcileLimits = GatherLimits & {
  sweepEveryMs: number;
  rootDelayMs: number;
  concurrency: number;
  sweepRootsAtOnce: number;
  sweepRounds: number;
};

type Deps = ReconcileDeps & { jobs: Pick<Jobs, 'enqueueMany' | 'every' | 'work'> };

/** Works off the jobs of changed cascades, and sweeps for those whose job was lost. */
export function startReconciling(deps: Deps, limits: ReconcileLimits): void {
  const { jobs, facts, now } = deps;
  const reconcile = (rootIds: string[]) => reconcileRoots(deps, rootIds);
  const askForJobs = (rootIds: string[]) =>
    jobs.enqueueMany(
      reconcileRootJob,
      rootIds.map((rootId) => ({ rootId })),
    );
  const sweeping = { facts, now, askForJobs, reconcileRoots: reconcile };
  const sweepLimits = {
    restMs: limits.rootDelayMs,
    rootsAtOnce: limits.sweepRootsAtOnce,
    maxRounds: limits.sweepRounds,
  };
  const reconcileRoot = gatherRoots(reconcile, limits);
  jobs.work(reconcileRootJob, { reconcileRoot }, { concurrency: limits.concurrency });
  jobs.work(sweepRootsJob, { sweep: () => sweepRoots(sweeping, sweepLimits) }, { concurrency: 1 });
  jobs.every(sweepRootsJob, {}, limits.sweepEveryMs);
}
