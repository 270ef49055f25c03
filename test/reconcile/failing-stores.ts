import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';

type Stores = { graph: Graph; facts: Facts };

/**
 * The same stores, until the given write: odd ones fail before they are done, even ones after they were done and before
 * anybody knows, and whoever writes on after that writes nothing, as after a crash.
 */
export function failingAt(stores: Stores, at: number): { stores: Stores } {
  let writes = 0;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    writes += 1;
    const place = Math.ceil(at / 2);
    if (writes > place || (writes === place && at % 2 === 1)) throw new Error(`crashed at write ${place}`);
    const result = await work();
    if (writes === place) throw new Error(`crashed after write ${place}`);
    return result;
  };
  const { graph, facts } = stores;
  return {
    stores: {
      graph: { ...graph, transact: (work) => write(() => graph.transact(work)) },
      facts: {
        ...facts,
        insert: (target, rows) =>
          rows.length === 0 ? facts.insert(target, rows) : write(() => facts.insert(target, rows)),
        run: (statement, params) => write(() => facts.run(statement, params)),
      },
    },
  };
}
