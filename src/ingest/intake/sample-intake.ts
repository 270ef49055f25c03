import { acceptedAtMsOf, type EntryId } from '../../log/entry-id.ts';
import type { Log } from '../../log/open-log.ts';
import type { IntakeSample } from './judge-intake.ts';

export type SampleDeps = {
  log: Pick<Log, 'bytes' | 'memory' | 'unprojected'>;
  freeBytes: (folder: string) => Promise<number>;
  now: () => number;
};

/** What the limits of intake are held against, asked all at once. */
export async function sampleIntake(
  { log, freeBytes, now }: SampleDeps,
  folders: readonly string[],
): Promise<IntakeSample> {
  const [logBytes, memory, waiting, free] = await Promise.all([
    log.bytes(),
    log.memory(),
    log.unprojected(),
    Promise.all(folders.map(freeBytes)),
  ]);
  return {
    // The stream's size is drawn from a few of its entries, so large ones among them can make it too large.
    logBytes: Math.min(logBytes, memory.usedBytes),
    redisUsedBytes: memory.usedBytes,
    redisMaxBytes: memory.maxBytes,
    lagMs: Math.max(ageOf(waiting.graph, now()), ageOf(waiting.facts, now())),
    freeBytes: free,
  };
}

/** How long ago an entry was accepted; 0 where there is none. */
function ageOf(id: EntryId | null, nowMs: number): number {
  return id === null ? 0 : Math.max(0, nowMs - acceptedAtMsOf(id));
}
