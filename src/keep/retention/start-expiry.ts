import type { Jobs } from '../../jobs/open-jobs.ts';
import type { PreparedRanges } from '../../log/projector/prepared-range.ts';
import { type ExpiryDeps, type ExpirySettings, expireEvents } from './expire-events.ts';
import { expireEventsJob } from './expire-events-job.ts';
import { withBegun } from './remember-begun.ts';

type Deps = Omit<ExpiryDeps, 'unfinished'> & {
  jobs: Pick<Jobs, 'every' | 'work'>;
  projectors: PreparedRanges;
  /** While it is somebody's turn nobody else compares, repairs or restores. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  onExpired: (expired: number) => void;
};

type Settings = ExpirySettings & { everyMs: number; leaseMs: number };

/** Once a day what is older than it is kept expires. */
export function startExpiry({ jobs, inTurn, projectors, onExpired, ...deps }: Deps, settings: Settings): void {
  const expire = async () => {
    const { expired } = await inTurn(() =>
      withBegun({ projectors }, settings.leaseMs, (unfinished) => expireEvents({ ...deps, unfinished }, settings)),
    );
    if (expired > 0) onExpired(expired);
  };
  jobs.work(expireEventsJob, { expire }, { concurrency: 1 });
  jobs.every(expireEventsJob, {}, settings.everyMs);
}
