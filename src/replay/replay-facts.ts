import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { beforeAllEntries, numberOfPosition } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import { type CompareLimits, compareFacts, type FactsComparison, rootsOf, sameDigest } from './compare-facts.ts';
import { digestLineage } from './digest-facts.ts';
import { type BegunReplay, beginReplay } from './fill/begin-replay.ts';
import { chooseSource, type ReplayEnd, type ReplayFrom, type SourceLimits } from './fill/choose-source.ts';
import { copyOutcomes } from './fill/copy-outcomes.ts';
import type { EntrySource } from './fill/entry-source.ts';
import type { FreshDatabase } from './fill/fresh-database.ts';
import { type BeginTurn, runToEnd, runUntilIdle } from './fill/run-turn.ts';
import { findFactsEnd } from './find-facts-end.ts';
import { type Held, type HoldLimits, holdProjectors } from './swap/hold-projectors.ts';
import { liftGenerations } from './swap/lift-generations.ts';
import { swapTables } from './swap/swap-tables.ts';

export type FactsReplayDeps = {
  live: Facts;
  graph: Graph;
  log: Log;
  fresh: FreshDatabase;
  beginFacts: BeginTurn<{ facts: Facts; source: EntrySource }>;
  beginMirror: BeginTurn<{ facts: Facts; upToLinkSeq: number }>;
  /** Told as it goes on: not part of the answer. */
  say: (line: string) => void;
};

export type FactsReplayLimits = SourceLimits & CompareLimits & HoldLimits;

export type FactsReplayRequest = { from: ReplayFrom; swap: boolean; acceptDifference: boolean; again: boolean };

export type FactsReplay = {
  store: 'facts';
  from: ReplayFrom;
  /** Up to which accept number both were compared, and which of them came from the raw facts and not from the log. */
  upToSeq: number;
  factsUpTo: number;
  linkSeq: number;
  resumed: boolean;
  swapped: boolean;
  comparison: FactsComparison;
};

/** Makes facts and lineage anew beside the live ones, says exactly where they differ, and puts them in their place where that was asked for. */
export async function replayFacts(
  deps: FactsReplayDeps,
  request: FactsReplayRequest,
  limits: FactsReplayLimits,
): Promise<FactsReplay> {
  const replay = await beginReplay(deps, { ...request, leaseMs: limits.leaseMs });
  try {
    // The bulk is made while everything runs on; only the rest is made while the projectors stand still.
    const end = await findFactsEnd({ facts: deps.live, log: deps.log });
    await fillFacts({ ...deps, replay }, { ...request, end }, limits);
    await fillLineage({ ...deps, replay }, (await deps.log.projectors.readState('lineage')).position);
    const held = await holdProjectors(deps, request.swap ? ['facts', 'lineage'] : ['lineage'], limits);
    try {
      const answer = await settle({ ...deps, replay, held }, request, limits);
      await replay.forget();
      return answer;
    } finally {
      await held.release();
    }
  } finally {
    await replay.close();
  }
}

type FillDeps = FactsReplayDeps & { replay: BegunReplay };
type SettleDeps = FillDeps & { held: Held };

async function settle(deps: SettleDeps, request: FactsReplayRequest, limits: FactsReplayLimits): Promise<FactsReplay> {
  const { live, log, replay, held } = deps;
  const end = await findFactsEnd({ facts: live, log }, held.positions.get('facts'));
  const factsUpTo = await fillFacts(deps, { ...request, end }, limits);
  const linkSeq = await fillLineage(deps, held.positions.get('lineage') ?? beforeAllEntries);
  deps.say(`comparing up to accept number ${end.seq} and link number ${linkSeq}`);
  const reach = { seq: end.seq, linkSeq };
  const comparison = await compareFacts({ live, fresh: replay.facts, graph: deps.graph }, reach, limits);
  const wanted = request.swap && (comparison.equal || request.acceptDifference);
  if (wanted) await swap(deps, comparison);
  const { from } = request;
  const { resumed } = replay;
  return { store: 'facts', from, upToSeq: end.seq, factsUpTo, linkSeq, resumed, swapped: wanted, comparison };
}

async function fillFacts(
  deps: FillDeps,
  { from, end }: { from: ReplayFrom; end: ReplayEnd },
  limits: FactsReplayLimits,
): Promise<number> {
  const { live, log, replay } = deps;
  const cuts = [...new Set([...replay.plan.cuts, end.seq])];
  const asked = { from, end, factsSeq: end.seq, eventNames: [], withLost: false, startSeq: 1, ...replay.plan, cuts };
  const { source, factsUpTo } = await chooseSource({ facts: live, log }, asked, limits);
  replay.plan = { cuts, boundary: from === 'both' ? factsUpTo : null };
  await replay.keepPlan(replay.plan);
  await copyOutcomes({ live, fresh: replay.facts }, factsUpTo, limits.windowItems);
  const turn = await deps.beginFacts({ facts: replay.facts, source }, replay.factsLease);
  await runToEnd(turn, source, async () => true);
  replay.check();
  return factsUpTo;
}

async function fillLineage({ replay, beginMirror }: FillDeps, position: string): Promise<number> {
  const linkSeq = numberOfPosition(position);
  const turn = await beginMirror({ facts: replay.facts, upToLinkSeq: linkSeq }, replay.lineageLease);
  await runUntilIdle(turn);
  replay.check();
  return linkSeq;
}

async function swap(deps: SettleDeps, comparison: FactsComparison): Promise<void> {
  const { live, fresh, replay, held } = deps;
  const before = await digestLineage({ facts: replay.facts });
  await liftGenerations({ live, fresh: replay.facts }, new Set(comparison.examples.flatMap(rootsOf)));
  const lifted = await digestLineage({ facts: replay.facts });
  if (!before.every((digest, index) => sameDigest(digest, lifted[index] ?? digest))) {
    throw new Error('lineage would not be the same under its new generations: nothing was changed');
  }
  held.check();
  replay.check();
  await swapTables({ facts: live }, { live: fresh.liveName, fresh: fresh.name });
  deps.say(`the tables are exchanged; those of before are in ${fresh.name} until the next replay`);
}
