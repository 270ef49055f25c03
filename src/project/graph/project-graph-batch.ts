import type { Graph, GraphTransaction } from '../../graph/graph.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import { type LinkPlan, linkBatch } from '../linking/link-batch.ts';
import { addTallies, type EntryTally, sumTallies } from './batch/tally.ts';
import { type Cursor, lockCursor, moveCursorStatement } from './cursor.ts';
import { type DeadItem, writeDeadRefusals } from './dead/dead-refusals.ts';
import { loadDissolving, loadPosts } from './load-posts.ts';
import { writePlan } from './write-plan.ts';

type Deps = { graph: Graph };

/** What a batch of the log asks of the graph, and where the log stands after it. */
export type GraphBatch = {
  changes: readonly GraphChange[];
  after: string;
  position: string;
  seq: number;
  acceptedAt: number;
  /** What becomes of the items of each entry, in accept order; and those that the graph cannot take. */
  tallies?: readonly EntryTally[];
  dead?: readonly DeadItem[];
};

/** `waiting`: the batch left posts to link or to unlink. */
export type Projected = { cursor: Cursor; waiting: boolean };

/** Writes one batch and moves the cursor in one transaction: after a crash either both are there or neither. */
export async function projectGraphBatch({ graph }: Deps, cursor: Cursor, batch: GraphBatch): Promise<Projected> {
  return graph.transact(async (transaction) => {
    const locked = await lockCursor(transaction, cursor);
    // The reply of an earlier try may have been lost after it had committed.
    if (locked.position === batch.position) return { cursor: locked, waiting: true };
    if (locked.position !== batch.after) throw new Error(`the cursor stands at ${locked.position}, not ${batch.after}`);
    const plan = await writeChanges(transaction, locked, batch.changes);
    await writeDeadRefusals(transaction, batch.dead ?? []);
    await addTallies(transaction, sumTallies(batch.tallies ?? [], plan.refusals));
    const moved = { position: batch.position, seq: batch.seq, linkSeq: plan.linkSeq };
    await transaction.run(moveCursorStatement, { stream: cursor.stream, acceptedAt: batch.acceptedAt, ...moved });
    return { cursor: { ...locked, ...moved }, waiting: plan.work.size + plan.dissolved.size > 0 };
  });
}

/** Works out and writes what changes do, below a cursor that is locked. */
export async function writeChanges(
  transaction: GraphTransaction,
  locked: Cursor,
  changes: readonly GraphChange[],
): Promise<LinkPlan> {
  const posts = await loadPosts(transaction, changes);
  const dissolving = await loadDissolving(transaction);
  const plan = linkBatch({ posts, dissolving, linkSeq: locked.linkSeq }, changes);
  await writePlan(transaction, plan);
  return plan;
}
