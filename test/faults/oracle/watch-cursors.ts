import { type AskStores, type Names, numberOf } from './ask-stores.ts';

export type WatchedCursors = { faults(): readonly string[]; stop(): void };

const everyMs = 400;

/** I10: looks again and again how far each store says it is, and notes where that went back. */
export function watchCursors(ask: AskStores, { prefix }: Names): WatchedCursors {
  const highest = new Map<string, number>();
  const faults: string[] = [];
  let looking = false;

  function see(name: string, value: number): void {
    const before = highest.get(name) ?? 0;
    if (value < before) faults.push(`${name} went back from ${before} to ${value}`);
    highest.set(name, Math.max(before, value));
  }
  async function look(): Promise<void> {
    const [cursor] = await ask.graph(
      `MATCH (c:Cursor {stream: '0'}) RETURN c.seq AS seq, c.linkSeq AS linkSeq, c.epoch AS epoch`,
    );
    if (cursor !== undefined) {
      for (const name of ['seq', 'linkSeq', 'epoch']) see(`the graph's ${name}`, numberOf(cursor[name]));
    }
    for (const name of ['facts', 'lineage']) {
      const position = await ask.redis.hget(`${prefix}:projector:${name}`, 'position');
      if (position !== null) see(`the position of ${name}`, Number(position.split('-')[0]));
    }
  }
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, everyMs);
  return { faults: () => faults, stop: () => clearInterval(timer) };
}
