import { setTimeout as delay } from 'node:timers/promises';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import { timeOf } from '../../query/times.ts';
import { findRoot, type NoCascade } from '../find-root.ts';
import type { Cascades } from '../open-cascades.ts';
import { type AskedPart, findPart, type Part } from './find-part.ts';

export type TreeDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
  cascades: Pick<Cascades, 'ask' | 'extent' | 'watermark'>;
};

export type TreeOutcome =
  | { kind: 'found'; part: Part; asOf: string }
  /** The post that is asked for is not in this cascade, or was not there yet. */
  | { kind: 'no_such_part' }
  /** Lineage, from which trees are read, has nothing of a cascade that the graph has. */
  | { kind: 'lineage_behind' }
  | NoCascade;

type Asked = AskedPart & { lineageWaitMs: number };

const lookEveryMs = 50;

/** What an export will hold and how many posts that are; the posts themselves are not looked at for a whole tree. */
export async function findTree(deps: TreeDeps, rootPostId: string, asked: Asked): Promise<TreeOutcome> {
  const deadlineMs = Date.now() + asked.lineageWaitMs;
  for (;;) {
    const located = await findRoot(deps, rootPostId);
    if (located.kind !== 'found') return located;
    if (located.extent !== null) {
      const part = await findPart(deps, located.extent, asked);
      if (part !== null) return { kind: 'found', part, asOf: timeOf(located.asOfMs) };
      const isOfRoot = asked.postId === null || asked.postId === rootPostId;
      return isOfRoot ? { kind: 'not_found', pending: located.root.pending } : { kind: 'no_such_part' };
    }
    if (Date.now() >= deadlineMs) return { kind: 'lineage_behind' };
    await delay(lookEveryMs);
  }
}
