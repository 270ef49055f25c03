import { z } from 'zod';
import type { Jobs } from '../../jobs/open-jobs.ts';
import { statement } from '../../query/statement.ts';
import { type LookLimits, openLooks } from './look-for-due.ts';
import { measureCascadesJob } from './measure-cascades-job.ts';
import type { MeasureDeps } from './measure-due.ts';

export const countUnmeasuredStatement = statement('clickhouse/cascade/percentile/count-unmeasured.sql', {
  params: z.object({}),
  row: z.object({ unmeasured: z.number() }),
});

type Deps = MeasureDeps & {
  jobs: Pick<Jobs, 'every' | 'work'>;
  onMeasured: (seen: { measured: number; unmeasured: number }) => void;
};

/** Keeps what is measured of all cascades up to date, in whatever process has the time. */
export function startMeasuring(deps: Deps, limits: LookLimits & { everyMs: number }): void {
  const { jobs, facts, onMeasured } = deps;
  const look = openLooks(deps, limits);
  const measure = async () => {
    const measured = await look();
    const [counted] = await facts.select(countUnmeasuredStatement, {});
    onMeasured({ measured, unmeasured: counted?.unmeasured ?? 0 });
  };
  jobs.work(measureCascadesJob, { measure }, { concurrency: 1 });
  jobs.every(measureCascadesJob, {}, limits.everyMs);
}
