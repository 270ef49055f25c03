import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Log } from '../../src/log/open-log.ts';

/**
 * Counts calls, and fails the n-th after it was carried out, whatever came of it. What a failure before the n-th call
 * leaves in the stores is what one after the call before leaves.
 */
export function crashAfter(call: number): <T>(work: () => Promise<T>) => Promise<T> {
  let calls = 0;
  return async (work) => {
    calls += 1;
    const isHere = calls === call;
    const [result] = await Promise.allSettled([work()]);
    if (isHere) throw new Error('crashed');
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  };
}

type Count = ReturnType<typeof crashAfter>;

export function crashingFacts(facts: Facts, count: Count): Facts {
  return {
    ...facts,
    insert: (target, rows) => count(() => facts.insert(target, rows)),
    select: (statement, params) => count(() => facts.select(statement, params)),
  };
}

export function crashingGraph(graph: Graph, count: Count): Graph {
  return {
    ...graph,
    read: (statement, params) => count(() => graph.read(statement, params)),
    write: (statement, params) => count(() => graph.write(statement, params)),
    transact: (work) => count(() => graph.transact(work)),
  };
}

/** Fails where a projector keeps its place. */
export function crashingLog(log: Log, count: Count): Log {
  const { projectors } = log;
  return {
    ...log,
    projectors: {
      ...projectors,
      prepare: (lease, range) => count(() => projectors.prepare(lease, range)),
      commit: (lease, position) => count(() => projectors.commit(lease, position)),
    },
  };
}
