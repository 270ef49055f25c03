import { setTimeout as pause } from 'node:timers/promises';
import type { AskStores, Names } from '../oracle/ask-stores.ts';

const lookAgainMs = 50;
const projectors = ['graph', 'facts', 'lineage'] as const;

/** After a projecting process was killed: how long until another owner has each projector that it held. */
export async function watchTakeover(
  { redis }: AskStores,
  { prefix }: Names,
  found: number[],
  leaseMs: number,
): Promise<void> {
  const sinceMs = Date.now();
  const epoch = (name: string) => redis.hget(`${prefix}:projector:${name}`, 'epoch').catch(() => null);
  await Promise.all(
    projectors.map(async (name) => {
      const before = await epoch(name);
      while (Date.now() - sinceMs < leaseMs + 5000) {
        const now = await epoch(name);
        // Redis itself may be away; and whoever was killed may have held nothing.
        if (now !== null && before !== null && now !== before) {
          found.push(Date.now() - sinceMs);
          return;
        }
        await pause(lookAgainMs);
      }
    }),
  );
}
