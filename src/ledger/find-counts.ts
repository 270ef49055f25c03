import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { LedgerMinute } from '../log/ledger/ledger-minute.ts';
import type { Log } from '../log/open-log.ts';
import { findDoorCounts, type MinuteRange } from './find-door-counts.ts';
import { type FactsCounts, findFactsCounts, type Letter } from './find-facts-counts.ts';
import {
  countRefusals,
  findDeadRefusals,
  findWaitingPosts,
  readGraphSeq,
  readTallies,
  type Tally,
  type WaitingPosts,
} from './find-graph-counts.ts';
import { runsOf, type SeqRun } from './seq-runs.ts';

export type LedgerDeps = {
  log: Pick<Log, 'readLedger' | 'readProgress'>;
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select'>;
};

/** How far each store was before anything was counted. Both have counted at least that far. */
export type Positions = { graphSeq: number; factsSeq: number; bothSeq: number };

/** Every number of the books, each from the place that knows it. */
export type Counts = FactsCounts & {
  positions: Positions;
  minutes: LedgerMinute[];
  runs: SeqRun[];
  tallies: Map<number, Tally>;
  /** Events that wait as dead letters of any stage, up to where both stores are. */
  dead: Set<number>;
  refusals: Map<number, number>;
  waiting: WaitingPosts;
};

/**
 * Positions first, then the door, then the stores: what a store counts up to a position is complete when it is asked later,
 * and the door has counted by then whatever a store has. Posts that wait are left out where only the balance is asked for.
 */
export async function findCounts(deps: LedgerDeps, range: MinuteRange, withWaiting: boolean): Promise<Counts> {
  const positions = await readPositions(deps);
  const minutes = await findDoorCounts(deps, range);
  const runs = minutes.flatMap(runsOf);
  const [facts, tallies, deadRefusals, waiting] = await Promise.all([
    findFactsCounts(deps, range, positions),
    readTallies(deps, range),
    findDeadRefusals(deps, runs),
    withWaiting ? findWaitingPosts(deps, runs) : { pending: [], quarantined: [] },
  ]);
  const dead = findDead(facts.letters, deadRefusals, positions.bothSeq);
  const refusals = await countRefusals(deps, runs, { seq: positions.bothSeq, dead });
  return { ...facts, positions, minutes, runs, tallies, dead, refusals, waiting };
}

async function readPositions(deps: LedgerDeps): Promise<Positions> {
  // What the facts say of their progress is told after it is committed: it may lag, and never runs ahead.
  const [{ factsSeq }, graphSeq] = await Promise.all([deps.log.readProgress(), readGraphSeq(deps)]);
  return { factsSeq, graphSeq, bothSeq: Math.min(factsSeq, graphSeq) };
}

/** The graph knows at once what it could not take; the letter itself is written a moment later. */
function findDead(letters: readonly Letter[], refusals: readonly number[], upTo: number): Set<number> {
  return new Set([...letters.map(({ seq }) => seq), ...refusals].filter((seq) => seq <= upTo));
}
