import type { Jobs } from '../../jobs/open-jobs.ts';
import type { PreparedRanges } from '../../log/projector/prepared-range.ts';
import type { Report } from '../runs/report.ts';
import { countStretchesJob, repairRootsJob, sweepStretchesJob } from './level-jobs.ts';
import type { PassDeps, PassLimits } from './run-context.ts';
import { runCounts, runDisagreeing, runStretches, type Turned } from './run-levels.ts';
import { countDriftStatement } from './run-pass.ts';
import { type Place, takeTurn } from './take-turn.ts';

export type Drift = { shares: number; roots: number };

export type StartLimits = PassLimits & {
  countEveryMs: number;
  repairEveryMs: number;
  stretchEveryMs: number;
  leaseMs: number;
};

type Deps = PassDeps & {
  jobs: Pick<Jobs, 'every' | 'work'>;
  projectors: PreparedRanges;
  onReport: (report: Report) => void;
  onDrift: (drift: Drift) => void;
};

type Level = (deps: PassDeps, place: Place, limits: PassLimits) => Promise<Turned>;

/** Lets the three levels have their turns, in whatever process has the time, one at a time. */
export function startPasses(deps: Deps, limits: StartLimits): void {
  const { jobs } = deps;
  const turnOf = (level: Level) => async () => {
    await takeTurn(deps, limits.leaseMs, deps.now, async (place) => {
      const turned = await level(deps, place, limits);
      deps.onReport(turned.report);
      return turned.place;
    });
  };
  const repair = async () => {
    await turnOf(runDisagreeing)();
    const [counted] = await deps.facts.select(countDriftStatement, {});
    if (counted !== undefined) deps.onDrift({ shares: counted.driftShares, roots: counted.driftRoots });
  };
  jobs.work(countStretchesJob, { turn: turnOf(runCounts) }, { concurrency: 1 });
  jobs.work(repairRootsJob, { turn: repair }, { concurrency: 1 });
  jobs.work(sweepStretchesJob, { turn: turnOf(runStretches) }, { concurrency: 1 });
  jobs.every(countStretchesJob, {}, limits.countEveryMs);
  jobs.every(repairRootsJob, {}, limits.repairEveryMs);
  jobs.every(sweepStretchesJob, {}, limits.stretchEveryMs);
}
