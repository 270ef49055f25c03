import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

type Stores = { graph: Graph; facts: Facts };

/**
 * The same stores, until the given write: it is done, but nobody hears of it, and whoever wants to write on after that
 * writes nothing, as after a crash.
 */
export function failingAfter(stores: Stores, last: number): { stores: Stores } {
  let writes = 0;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    writes += 1;
    const place = writes;
    const result = place > last ? undefined : await work();
    if (place >= last || result === undefined) throw new Error(`crashed after write ${last}`);
    return result;
  };
  const { graph, facts } = stores;
  return {
    stores: {
      graph: {
        ...graph,
        transact: async (work) => (await write(async () => ({ done: await graph.transact(work) }))).done,
      },
      facts: {
        ...facts,
        insert: (target, rows) =>
          rows.length === 0
            ? facts.insert(target, rows)
            : write(async () => [await facts.insert(target, rows)]).then(() => undefined),
        run: (statement, params) => write(async () => [await facts.run(statement, params)]).then(() => undefined),
      },
    },
  };
}
