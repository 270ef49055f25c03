import { acceptedAtMsOf } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import { timeOf } from '../../query/times.ts';

/** Up to which acceptance an answer holds everything; null while the log cannot tell. To be read before the facts are. */
export type FactsAsOf = () => Promise<string | null>;

type Deps = { log: Pick<Log, 'readProgress'> };

/**
 * Another word whenever the stores have moved. Not the time of acceptance, which several entries may share, and not one
 * projector alone, so that what follows another is seen to move as well. Null while the log cannot tell.
 */
export function openPosition({ log }: Deps): () => Promise<string | null> {
  return async () => {
    const progress = await log.readProgress().catch(() => null);
    return progress === null || !acceptedAtMsOf(progress.tallyPosition) ? null : Object.values(progress).join(' ');
  };
}

/**
 * Facts count for engagement when the tally has them: it says whom to exclude. The id of an entry of the log ends in the
 * time of its acceptance, and the facts follow the entries in order.
 */
export function openFactsAsOf({ log }: Deps): FactsAsOf {
  return async () => {
    const progress = await log.readProgress().catch(() => null);
    const acceptedAtMs = progress === null ? 0 : acceptedAtMsOf(progress.tallyPosition);
    return acceptedAtMs === 0 ? null : timeOf(acceptedAtMs);
  };
}
