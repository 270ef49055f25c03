import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import type { Turn } from '../run-projector.ts';
import { settleGraphLetters } from './settle-graph-letters.ts';
import { settleFactsLetters } from './settle-letters.ts';
import { tellDeadLetters } from './tell-dead-letters.ts';

type Deps = {
  graph: Graph;
  facts: Pick<Facts, 'select' | 'insert'>;
  log: Pick<Log, 'readEntry'>;
  stream: string;
  now: () => number;
};

export type LettersLimits = { settleLetters: number; settleEveryMs: number };

/** Beside the projectors, so that neither waits for it: tells of what the graph could not take, and ends broken replays. */
export function beginLettersTurn(deps: Deps, { settleLetters, settleEveryMs }: LettersLimits): Turn {
  let settledAt = Number.NEGATIVE_INFINITY;
  return {
    step: async () => {
      if ((await tellDeadLetters(deps)) > 0) return 'busy';
      if (performance.now() - settledAt >= settleEveryMs) {
        await settleGraphLetters(deps, settleLetters);
        await settleFactsLetters(deps, settleLetters);
        settledAt = performance.now();
      }
      return 'idle';
    },
  };
}
