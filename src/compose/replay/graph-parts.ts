import type { Config } from '../../config.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import { graphPlan } from '../../project/start-projectors.ts';
import type { GraphReplayDeps } from '../../replay/replay-graph.ts';
import type { Stores } from '../open-stores.ts';
import { readFrom, replayingDeps } from './facts-parts.ts';

type Say = (line: string) => void;

/** What a replay of the graph works with: the live stores, a second graph, and the graph projector's own code. */
export function graphReplayParts(config: Config, stores: Stores, fresh: Graph, say: Say): GraphReplayDeps {
  const { graph: live, facts, log } = stores;
  return {
    live,
    fresh,
    facts,
    log,
    say,
    beginGraph: ({ graph, source, factsPosition }, lease) => {
      const reading = knowingFacts(readFrom(log, source), factsPosition);
      const plan = graphPlan(replayingDeps({ graph, facts, log: reading }, say), config.project);
      return plan.begin(lease);
    },
  };
}

/** Late repeats are decided as far as the facts have come, also where Redis no longer knows how far that is. */
function knowingFacts(log: Log, position: string): Log {
  const { projectors } = log;
  const readState: typeof projectors.readState = async (name) => {
    const state = await projectors.readState(name);
    return name === 'facts' ? { ...state, position } : state;
  };
  return { ...log, projectors: { ...projectors, readState } };
}
