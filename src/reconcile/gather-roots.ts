/** Roots asked for one by one, compared together: one question to each store for many of them. */
export type GatherRoots = (rootId: string) => Promise<void>;

/** After a comparison it rests for so many times as long as that took: where many change, more are compared at once. */
export type GatherLimits = { gatherMs: number; restTimes: number };

// The jobs of those that wait are held meanwhile, and who holds one for long is taken for lost.
const longestRestMs = 2000;

type Waiting = { rootId: string; resolve: () => void; reject: (fault: unknown) => void };

export function gatherRoots(
  compare: (rootIds: string[]) => Promise<unknown>,
  { gatherMs, restTimes }: GatherLimits,
): GatherRoots {
  let waiting: Waiting[] = [];
  let isComparing = false;
  let restsUntilMs = 0;

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    isComparing = true;
    const startedAt = performance.now();
    try {
      await compare([...new Set(batch.map((item) => item.rootId))]);
      for (const item of batch) item.resolve();
    } catch (fault) {
      for (const item of batch) item.reject(fault);
    }
    isComparing = false;
    const endedAt = performance.now();
    restsUntilMs = endedAt + Math.min((endedAt - startedAt) * restTimes, longestRestMs);
    if (waiting.length > 0) flushLater();
  }

  function flushLater(): void {
    setTimeout(() => void flush(), Math.max(gatherMs, restsUntilMs - performance.now()));
  }

  return (rootId) =>
    new Promise((resolve, reject) => {
      waiting.push({ rootId, resolve, reject });
      if (waiting.length === 1 && !isComparing) flushLater();
    });
}
