import { findGraphRowFault, type RowFault } from '../../../graph/find-row-fault.ts';
import type { Graph } from '../../../graph/graph.ts';
import type { GraphChange } from '../../linking/graph-change.ts';
import { type Cursor, lockCursor } from '../cursor.ts';
import { writeChanges } from '../project-graph-batch.ts';

type Deps = { graph: Graph };

export type Poison = { change: GraphChange; fault: RowFault };

export type Sifted = { fit: GraphChange[]; poison: Poison[] };

/** Ends a transaction that was only tried. */
class Tried extends Error {
  override name = 'Tried';
}

/**
 * Tells the changes of one entry that the graph cannot take from all others, by transactions that are rolled back.
 * What is fit grows from the front, so that of two changes which do not go together the first in accept order stays.
 */
export async function findPoison(
  { graph }: Deps,
  cursor: Cursor,
  changes: readonly GraphChange[],
  maxPoison: number,
): Promise<Sifted> {
  const sifted: Sifted = { fit: [], poison: [] };
  const waiting: Array<readonly GraphChange[]> = [changes];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const fault = await tryChanges(graph, cursor, [...sifted.fit, ...part]);
    const [first] = part;
    if (fault === null || first === undefined) sifted.fit.push(...part);
    else if (part.length === 1) addPoison(sifted, { change: first, fault }, maxPoison);
    else {
      const middle = Math.ceil(part.length / 2);
      waiting.push(part.slice(middle), part.slice(0, middle));
    }
  }
  return sifted;
}

function addPoison({ poison }: Sifted, found: Poison, maxPoison: number): void {
  poison.push(found);
  if (poison.length <= maxPoison) return;
  throw new Error(
    `the graph refuses more than ${maxPoison} items of one entry; that is taken for a fault of the store, not of the items. The last: ${found.fault.code}`,
  );
}

/** Null when the changes would go in. */
async function tryChanges(graph: Graph, cursor: Cursor, changes: readonly GraphChange[]): Promise<RowFault | null> {
  try {
    await graph.transact(async (transaction) => {
      await writeChanges(transaction, await lockCursor(transaction, cursor), changes);
      throw new Tried();
    });
  } catch (fault) {
    if (fault instanceof Tried) return null;
    const rowFault = findGraphRowFault(fault);
    if (rowFault === null) throw fault;
    return rowFault;
  }
  return null;
}
