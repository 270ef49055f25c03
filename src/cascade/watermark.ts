import { z } from 'zod';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import { statement } from '../query/statement.ts';

export const readWatermarkStatement = statement('cypher/cascade/read-watermark.cypher', {
  params: z.object({}),
  row: z.object({ acceptedAt: z.number().nullable(), linkSeq: z.number().nullable() }),
});

/**
 * Up to which time of acceptance (epoch milliseconds) an answer that is read afterwards speaks for: graph and lineage
 * hold every event that was accepted up to then. 0 where nothing is known yet.
 */
export type Watermark = () => Promise<number>;

type Deps = { graph: Pick<Graph, 'read'>; log: Pick<Log, 'readProgress'> };
type Seen = { acceptedAtMs: number; linkSeq: number };

/** Readings that lineage has not caught up with; more than these are never needed while it is at work. */
const maxReadings = 1000;

/**
 * Lineage follows the graph by link order, which has no time of its own. So each reading of the graph's cursor is kept
 * until the mirror has passed its place: from then on the time of that reading holds for both stores.
 */
export function openWatermark(deps: Deps, { maxAgeMs }: { maxAgeMs: number }): Watermark {
  const ahead: Seen[] = [];
  let passedMs = 0;
  const read = async () => {
    const mirrored = await readMirrored(deps);
    remember(ahead, await readCursor(deps));
    for (let next = ahead[0]; next !== undefined && next.linkSeq <= mirrored; next = ahead[0]) {
      passedMs = Math.max(passedMs, next.acceptedAtMs);
      ahead.shift();
    }
    return passedMs;
  };
  return sharedFor(read, maxAgeMs);
}

/** What held a moment ago still holds, so that readers who come close together need one reading between them. */
function sharedFor(read: Watermark, maxAgeMs: number): Watermark {
  let last: { readAt: number; value: Promise<number> } | null = null;
  return () => {
    const now = performance.now();
    if (last !== null && now - last.readAt < maxAgeMs) return last.value;
    const value = read();
    last = { readAt: now, value };
    value.catch(() => {
      last = null;
    });
    return value;
  };
}

async function readCursor({ graph }: Deps): Promise<Seen> {
  const [row] = await graph.read(readWatermarkStatement, {});
  return { acceptedAtMs: row?.acceptedAt ?? 0, linkSeq: row?.linkSeq ?? 0 };
}

/** Reads go on without the log; then nothing newer can be promised than what was known before. */
async function readMirrored({ log }: Deps): Promise<number> {
  return log.readProgress().then(
    (progress) => progress.lineageLinkSeq,
    () => -1,
  );
}

/** At one place in the link order only the latest time matters, and when too many wait the newest gives way. */
function remember(ahead: Seen[], seen: Seen): void {
  const last = ahead.at(-1);
  if (last !== undefined && (last.linkSeq >= seen.linkSeq || ahead.length >= maxReadings)) ahead.pop();
  ahead.push(last !== undefined && last.linkSeq > seen.linkSeq ? last : seen);
}
