import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { DeadLetter } from './dead-letter.ts';
import { replayFactsLetter } from './replay-facts-letter.ts';
import { replayGraphLetter } from './replay-graph-letter.ts';
import type { Replayed } from './replayed.ts';

export type ReplayDeps = {
  graph: Graph;
  facts: Facts;
  /** Whether somebody makes the tables of the facts anew right now: a row put in meanwhile could be lost with the old ones. */
  areFactsHeld: () => Promise<boolean>;
  stream: string;
  now: () => number;
};

/** The facts are being made anew; a letter of theirs can be replayed afterwards. */
export class FactsHeld extends Error {
  override name = 'FactsHeld';
}

/** Tries once more what a store could not take; doing it again changes nothing. */
export async function replayLetter(deps: ReplayDeps, letter: DeadLetter): Promise<Replayed> {
  if (letter.stage === 'graph') return replayGraphLetter(deps, letter);
  if (await deps.areFactsHeld()) throw new FactsHeld('the facts are being made anew');
  return replayFactsLetter(deps, letter);
}
