import type { Graph } from '../../graph/graph.ts';
import { lockCursor } from '../graph/cursor.ts';
import { advanceLinkSeqStatement } from '../graph/link-waiting.ts';
import { addRootChangesStatement } from '../graph/write-plan.ts';
import { withCursor } from './with-cursor.ts';

type Deps = { graph: Graph };

/** Lets the lineage mirror write cascades anew, under new generations, when it comes to this place of the link order. */
export async function askForRewrite({ graph }: Deps, stream: string, rootIds: readonly string[]): Promise<void> {
  if (rootIds.length === 0) return;
  await withCursor({ graph }, stream, (cursor) =>
    graph.transact(async (transaction) => {
      const locked = await lockCursor(transaction, cursor);
      const changes = [...rootIds].sort().map((rootId, place) => ({ rootId, linkSeq: locked.linkSeq + place + 1 }));
      await transaction.run(addRootChangesStatement, { changes });
      await transaction.run(advanceLinkSeqStatement, { stream, linkSeq: locked.linkSeq + changes.length });
    }),
  );
}
