import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { beforeAllEntries } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import { openClaim } from './claim.ts';
import type { LetterStage } from './dead-letters/dead-letter.ts';
import { beginLettersTurn } from './dead-letters/run-letters.ts';
import { beginFactsTurn } from './facts/run-facts-projector.ts';
import { readCursor } from './graph/cursor.ts';
import { findOldestUntold } from './graph/dead/dead-refusals.ts';
import { beginGraphTurn, type GraphTurnDeps } from './graph/run-graph-projector.ts';
import { beginMirrorTurn } from './lineage/run-lineage-mirror.ts';
import { type OnBatch, type ProjectorPlan, type RunningProjector, runProjector } from './run-projector.ts';
import { beginTrimTurn } from './trim-log.ts';

export type ProjectorName = 'graph' | 'facts' | 'lineage';

export type ProjectorLimits = {
  leaseMs: number;
  readBlockMs: number;
  maxEntries: number;
  batchItems: number;
  graphChanges: number;
  gatherItems: number;
  gatherMs: number;
  linkPosts: number;
  linkWork: number;
  mirrorPosts: number;
  mirrorPlaces: number;
  mirrorIdleMs: number;
  retryMaxMs: number;
  trimEveryMs: number;
  trimKeepMs: number;
  maxRefused: number;
  smallRange: number;
  settleLetters: number;
  settleEveryMs: number;
  tellEveryMs: number;
  foreignCheckMs: number;
  factsWaitMs: number;
};

export type ProjectorDeps = {
  graph: Graph;
  facts: Facts;
  log: Log;
  owner: string;
  onBatch: (projector: ProjectorName, items: number, durationMs: number) => void;
  onRoots: (rootIds: string[]) => void;
  onLetters: (stage: LetterStage, letters: number) => void;
  onFault: (name: string, fault: unknown) => void;
};

// One stream of the log; its name is part of the cursor, so that more can be added without moving this one.
export const graphStream = '0';

/** Starts the three projectors, the post for what they could not store, and the trimming of the log behind them. Each has one owner among all processes, so starting them twice is safe. */
export function startProjectors(deps: ProjectorDeps, limits: ProjectorLimits): RunningProjector {
  const plans = [graphPlan, factsPlan, lineagePlan, lettersPlan, trimPlan].map((plan) => plan(deps, limits));
  const { projectors, holds } = deps.log;
  const running = plans.map((plan) =>
    runProjector({ projectors, holds, owner: deps.owner, onFault: deps.onFault }, plan),
  );
  return {
    stop: async () => {
      await Promise.all(running.map((projector) => projector.stop()));
    },
  };
}

export function graphPlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const { graph, facts, log } = deps;
  const turnDeps: GraphTurnDeps = {
    graph,
    facts,
    log,
    factsPosition: async () => (await log.projectors.readState('facts')).position,
    onBatch: (items, durationMs) => deps.onBatch('graph', items, durationMs),
    onLetters: (letters) => deps.onLetters('graph', letters),
    now: Date.now,
  };
  return {
    name: 'graph',
    idleMs: limits.gatherMs,
    leaseMs: limits.leaseMs,
    retryMaxMs: limits.retryMaxMs,
    begin: () =>
      beginGraphTurn(turnDeps, graphStream, {
        ...limits,
        blockMs: limits.readBlockMs,
        maxChanges: limits.graphChanges,
      }),
  };
}

export function factsPlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const { leaseMs, retryMaxMs, gatherMs } = limits;
  const onLetters = (letters: number) => deps.onLetters('facts', letters);
  const stores = { facts: deps.facts, log: deps.log };
  const onBatch: OnBatch = (items, durationMs) => deps.onBatch('facts', items, durationMs);
  return {
    name: 'facts',
    idleMs: gatherMs,
    leaseMs,
    retryMaxMs,
    begin: async (lease) =>
      beginFactsTurn({ ...stores, onBatch, onLetters, now: Date.now }, await openClaim(deps.log, lease), {
        ...limits,
        blockMs: limits.readBlockMs,
        maxItems: limits.batchItems,
      }),
  };
}

export function lineagePlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const { leaseMs, retryMaxMs, mirrorIdleMs, mirrorPosts, mirrorPlaces } = limits;
  const onBatch: OnBatch = (items, durationMs) => deps.onBatch('lineage', items, durationMs);
  const { graph, facts, log, onRoots } = deps;
  return {
    name: 'lineage',
    idleMs: mirrorIdleMs,
    leaseMs,
    retryMaxMs,
    begin: async (lease) =>
      beginMirrorTurn({ graph, facts, log, onRoots, onBatch }, await openClaim(log, lease), {
        maxPosts: mirrorPosts,
        maxPlaces: mirrorPlaces,
      }),
  };
}

function lettersPlan({ graph, facts, log }: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const deps = { graph, facts, log, stream: graphStream, now: Date.now };
  return {
    name: 'letters',
    idleMs: limits.tellEveryMs,
    leaseMs: limits.leaseMs,
    retryMaxMs: limits.retryMaxMs,
    begin: async () => beginLettersTurn(deps, limits),
  };
}

function trimPlan(
  { graph, log }: ProjectorDeps,
  { leaseMs, retryMaxMs, trimEveryMs, trimKeepMs }: ProjectorLimits,
): ProjectorPlan {
  const cursors = async () => [
    (await readCursor(graph, graphStream))?.position ?? beforeAllEntries,
    (await log.projectors.readState('facts')).position,
    // A dead item is read again for its letter, which may have to wait for ClickHouse.
    ...[await findOldestUntold(graph)].filter((entryId) => entryId !== null),
  ];
  return {
    name: 'trim',
    idleMs: trimEveryMs,
    leaseMs,
    retryMaxMs,
    begin: async () => beginTrimTurn({ log, cursors, now: Date.now }, trimKeepMs),
  };
}
