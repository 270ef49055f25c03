import type { Log } from '../../log/open-log.ts';
import { timeOf } from '../../query/times.ts';

/** Up to which acceptance an answer holds everything; null while the log cannot tell. To be read before the facts are. */
export type FactsAsOf = () => Promise<string | null>;

type Deps = { log: Pick<Log, 'readProgress'> };

/**
 * Facts count for engagement when the tally has them: it says whom to exclude. The id of an entry of the log ends in the
 * time of its acceptance, and the facts follow the entries in order.
 */
export function openFactsAsOf({ log }: Deps): FactsAsOf {
  return async () => {
    const progress = await log.readProgress().catch(() => null);
    const acceptedAtMs = Number(progress?.tallyPosition.split('-')[1] ?? 0);
    return acceptedAtMs === 0 ? null : timeOf(acceptedAtMs);
  };
}
