import { firstSeqOf } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import type { Turn } from './run-projector.ts';

type Deps = {
  log: Pick<Log, 'lastSeqBefore' | 'trimBelow'>;
  /** How far each store has followed, by its own word. */
  cursors: () => Promise<string[]>;
  now: () => number;
};

/**
 * Forgets entries of the log that lie below every cursor and were accepted long enough ago that both stores have them
 * on disk. Never by length: an entry that a store has not taken is kept however long the log grows.
 */
export async function trimLog({ log, cursors, now }: Deps, keepMs: number): Promise<number> {
  const projectedSeq = Math.min(...(await cursors()).map(firstSeqOf));
  const oldSeq = await log.lastSeqBefore(now() - keepMs);
  const belowSeq = Math.min(projectedSeq, oldSeq);
  return belowSeq > 0 ? log.trimBelow(`${belowSeq}-0`) : 0;
}

export function beginTrimTurn(deps: Deps, keepMs: number): Turn {
  return {
    step: async () => {
      await trimLog(deps, keepMs);
      return 'idle';
    },
  };
}
