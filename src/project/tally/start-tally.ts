import type { Facts } from '../../facts/facts.ts';
import type { Log } from '../../log/open-log.ts';
import { openClaim } from '../claim.ts';
import { type OnBatch, type RunningProjector, runProjector } from '../run-projector.ts';
import type { TallyRules } from './add-part.ts';
import { beginTallyTurn } from './run-tally.ts';

export type TallyLimits = { leaseMs: number; retryMaxMs: number; idleMs: number; gatherMs: number; maxItems: number };

type Deps = {
  facts: Pick<Facts, 'fill' | 'select'>;
  log: Pick<Log, 'projectors' | 'holds' | 'publishProgress' | 'readProgress'>;
  rules: TallyRules;
  owner: string;
  onBatch: OnBatch;
  onFault: (name: string, fault: unknown) => void;
};

/** Starts the tally, which has one owner among all processes as projectors have. */
export function startTally(deps: Deps, { idleMs, leaseMs, retryMaxMs, ...limits }: TallyLimits): RunningProjector {
  const { log, owner, onFault } = deps;
  return runProjector(
    { projectors: log.projectors, holds: log.holds, owner, onFault },
    {
      name: 'tally',
      idleMs,
      leaseMs,
      retryMaxMs,
      begin: async (lease) => beginTallyTurn(deps, await openClaim(log, lease), limits),
    },
  );
}
