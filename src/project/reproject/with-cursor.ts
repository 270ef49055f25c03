import { setTimeout as delay } from 'node:timers/promises';
import type { Graph } from '../../graph/graph.ts';
import { Fenced } from '../fenced.ts';
import { type Cursor, readCursor } from '../graph/cursor.ts';

type Deps = { graph: Pick<Graph, 'read'> };

const tries = 5;
const pauseMs = 200;

/**
 * Works with the cursor as it is read just now. A projector that begins meanwhile takes the cursor over, which fences
 * this work as it would an old projector; it was no projector's, so it is simply begun once more.
 */
export async function withCursor<T>(
  { graph }: Deps,
  stream: string,
  work: (cursor: Cursor) => Promise<T>,
): Promise<T | undefined> {
  for (let left = tries - 1; ; left -= 1) {
    const cursor = await readCursor(graph, stream);
    if (cursor === null) return undefined;
    try {
      return await work(cursor);
    } catch (fault) {
      if (!(fault instanceof Fenced) || left === 0) throw fault;
      await delay(pauseMs);
    }
  }
}
