import { z } from 'zod';
import type { Graph } from '../../../graph/graph.ts';
import { statement } from '../../../query/statement.ts';
import { Fenced } from '../../fenced.ts';
import type { GraphChange } from '../../linking/graph-change.ts';
import { addTallies, minuteOf, noCounts } from '../batch/tally.ts';
import { lockCursor, readCursor } from '../cursor.ts';
import { advanceLinkSeqStatement } from '../link-waiting.ts';
import { writeChanges } from '../project-graph-batch.ts';

export const findDeadRefusalsStatement = statement('cypher/project/dead/find-dead-refusals.cypher', {
  params: z.object({ acceptSeqs: z.array(z.number()) }),
  row: z.object({ acceptSeq: z.number() }),
});
export const removeDeadRefusalStatement = statement('cypher/project/dead/remove-dead-refusal.cypher', {
  params: z.object({ acceptSeq: z.number() }),
  row: z.object({ removed: z.number() }),
});

type Deps = { graph: Graph; stream: string };

/** A dead item by its place in the log; `change` is null where it asks nothing of the graph after all. */
export type DeadChange = { acceptSeq: number; acceptedAtMs: number; change: GraphChange | null };

const tries = 3;

/**
 * Takes a dead item into the graph in one transaction below the projector's own lock: what it does, the end of its
 * refusal and the correction of the tally. Done once, it does nothing any more.
 */
export async function replayChange(deps: Deps, dead: DeadChange): Promise<void> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      await takeBack(deps, dead);
      return;
    } catch (fault) {
      // A projector that takes over gives the cursor a new epoch; asked again, it is known.
      if (!(fault instanceof Fenced) || left === 0) throw fault;
    }
  }
}

async function takeBack({ graph, stream }: Deps, { acceptSeq, acceptedAtMs, change }: DeadChange): Promise<void> {
  const cursor = await readCursor(graph, stream);
  if (cursor === null) throw new Error(`stream ${stream} has no cursor`);
  await graph.transact(async (transaction) => {
    const locked = await lockCursor(transaction, cursor);
    const [row] = await transaction.run(removeDeadRefusalStatement, { acceptSeq });
    if ((row?.removed ?? 0) === 0) return;
    const plan = await writeChanges(transaction, locked, change === null ? [] : [change]);
    const { linkSeq } = plan;
    if (linkSeq !== locked.linkSeq) await transaction.run(advanceLinkSeqStatement, { stream, linkSeq });
    const ended = change === null ? 'notForThisStore' : plan.refusals.length > 0 ? 'lateConflict' : 'stored';
    const counts = { ...noCounts, deadLettered: -1, [ended]: 1 };
    await addTallies(transaction, [{ ...counts, minuteMs: minuteOf(acceptedAtMs), seq: acceptSeq }]);
  });
}
