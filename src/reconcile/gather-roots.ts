/** Roots asked for one by one, compared together: one question to each store for many of them. */
export type GatherRoots = (rootId: string) => Promise<void>;

type Waiting = { rootId: string; resolve: () => void; reject: (fault: unknown) => void };

export function gatherRoots(compare: (rootIds: string[]) => Promise<unknown>, waitMs: number): GatherRoots {
  let waiting: Waiting[] = [];

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      await compare([...new Set(batch.map((item) => item.rootId))]);
      for (const item of batch) item.resolve();
    } catch (fault) {
      for (const item of batch) item.reject(fault);
    }
  }

  return (rootId) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setTimeout(() => void flush(), waitMs);
      waiting.push({ rootId, resolve, reject });
    });
}
