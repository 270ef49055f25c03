import type { Log } from '../../log/open-log.ts';
import { timeOf } from '../../query/times.ts';

/** Up to which acceptance the facts hold everything; null while the log cannot tell. To be read before the facts are. */
export type FactsAsOf = () => Promise<string | null>;

type Deps = { log: Pick<Log, 'readProgress'> };

/**
 * `asOf` is said by answers from the facts themselves, `countedAsOf` by those from what the tally has counted. The id of
 * an entry of the log ends in the time of its acceptance, and the facts follow the entries in order.
 */
export function openAsOf({ log }: Deps): { asOf: FactsAsOf; countedAsOf: FactsAsOf } {
  const read = async (of: 'factsPosition' | 'tallyPosition') => {
    const progress = await log.readProgress().catch(() => null);
    const acceptedAtMs = Number(progress?.[of].split('-')[1] ?? 0);
    return acceptedAtMs === 0 ? null : timeOf(acceptedAtMs);
  };
  return { asOf: () => read('factsPosition'), countedAsOf: () => read('tallyPosition') };
}
