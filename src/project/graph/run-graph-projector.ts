import type { Graph } from '../../graph/graph.ts';
import type { LogEntry } from '../../log/decode-entry.ts';
import type { Log } from '../../log/open-log.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import type { OnBatch, Turn } from '../run-projector.ts';
import { type Cursor, ownCursor } from './cursor.ts';
import { dissolveRoot } from './dissolve-root.ts';
import { linkWaiting } from './link-waiting.ts';
import { type Projected, projectGraphBatch } from './project-graph-batch.ts';
import { toGraphChanges } from './to-graph-changes.ts';

export type GraphLimits = {
  maxEntries: number;
  blockMs: number;
  maxChanges: number;
  linkPosts: number;
  linkWork: number;
};

type Deps = {
  graph: Graph;
  log: Pick<Log, 'read' | 'publishProgress'>;
  onBatch: OnBatch;
};

/** The log flows into the graph: batches of changes, and between them the linking of what has waited. */
export async function beginGraphTurn(deps: Deps, stream: string, limits: GraphLimits): Promise<Turn> {
  let cursor = await ownCursor(deps.graph, stream);
  let waiting = true;
  let unread: LogEntry[] = [];
  await publish(deps, cursor);
  return {
    step: async () => {
      if (unread.length === 0) {
        const blockMs = waiting ? 0 : limits.blockMs;
        unread = await deps.log.read({ after: cursor.position, maxEntries: limits.maxEntries, blockMs });
      }
      if (unread.length === 0 && !waiting) return 'busy';
      if (unread.length > 0) {
        const { entries, changes } = takeBatch(unread, limits.maxChanges);
        const projected = await projectEntries(deps, cursor, entries, changes);
        cursor = projected.cursor;
        waiting ||= projected.waiting;
        unread = unread.slice(entries.length);
      }
      if (waiting) {
        const linked = await linkStep(deps, cursor, limits);
        cursor = linked.cursor;
        waiting = linked.more;
      }
      await publish(deps, cursor);
      return 'busy';
    },
  };
}

/** Whole entries until their changes make a batch: the cursor only ever stands between two entries. */
function takeBatch(unread: readonly LogEntry[], maxChanges: number): { entries: LogEntry[]; changes: GraphChange[] } {
  const entries: LogEntry[] = [];
  const changes: GraphChange[] = [];
  for (const entry of unread) {
    entries.push(entry);
    changes.push(...toGraphChanges(entry));
    if (changes.length >= maxChanges) break;
  }
  return { entries, changes };
}

async function projectEntries(
  deps: Deps,
  cursor: Cursor,
  entries: readonly LogEntry[],
  changes: readonly GraphChange[],
): Promise<Projected> {
  const last = entries.at(-1);
  if (last === undefined) return { cursor, waiting: false };
  const startedAt = performance.now();
  const projected = await projectGraphBatch(deps, cursor, {
    changes,
    after: cursor.position,
    position: last.id,
    seq: last.lastSeq,
    acceptedAt: last.acceptedAtMs,
  });
  deps.onBatch(changes.length, performance.now() - startedAt);
  return projected;
}

/** Unlinking comes first: nothing may be linked below a root that is about to go. */
async function linkStep(deps: Deps, cursor: Cursor, limits: GraphLimits): Promise<{ cursor: Cursor; more: boolean }> {
  const dissolved = await dissolveRoot(deps, cursor, limits.linkPosts);
  if (dissolved.more) return dissolved;
  return linkWaiting(deps, cursor, { maxPosts: limits.linkPosts, maxWork: limits.linkWork });
}

async function publish({ log }: Deps, cursor: Cursor): Promise<void> {
  await log.publishProgress({
    graphPosition: cursor.position,
    graphSeq: cursor.seq,
    graphLinkSeq: cursor.linkSeq,
  });
}
