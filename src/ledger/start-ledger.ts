import type { Jobs } from '../jobs/open-jobs.ts';
import { type CheckDeps, type CheckLimits, checkLedger } from './check-ledger.ts';
import { checkLedgerJob } from './check-ledger-job.ts';
import { type CopyDeps, type CopyLimits, copyLedger } from './copy-ledger.ts';
import { copyLedgerJob } from './copy-ledger-job.ts';

type Deps = CheckDeps & CopyDeps & { jobs: Pick<Jobs, 'every' | 'work'> };

export type LedgerJobLimits = { check: CheckLimits & { everyMs: number }; copy: CopyLimits & { everyMs: number } };

/** Keeps an eye on the books, and moves their older part out of the log. */
export function startLedger(deps: Deps, { check, copy }: LedgerJobLimits): void {
  const { jobs } = deps;
  jobs.work(checkLedgerJob, { check: () => checkLedger(deps, check) }, { concurrency: 1 });
  jobs.work(copyLedgerJob, { copy: () => copyLedger(deps, copy) }, { concurrency: 1 });
  jobs.every(checkLedgerJob, {}, check.everyMs);
  jobs.every(copyLedgerJob, {}, copy.everyMs);
}
