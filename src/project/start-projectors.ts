import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { beforeAllEntries } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import { openClaim } from './claim.ts';
import { beginFactsTurn } from './facts/run-facts-projector.ts';
import { readCursor } from './graph/cursor.ts';
import { beginGraphTurn } from './graph/run-graph-projector.ts';
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
  linkPosts: number;
  linkWork: number;
  mirrorPosts: number;
  mirrorPlaces: number;
  mirrorIdleMs: number;
  retryMaxMs: number;
  trimEveryMs: number;
  trimKeepMs: number;
};

export type ProjectorDeps = {
  graph: Graph;
  facts: Facts;
  log: Log;
  owner: string;
  onBatch: (projector: ProjectorName, items: number, durationMs: number) => void;
  onRoots: (rootIds: string[]) => void;
  onFault: (name: string, fault: unknown) => void;
};

// One stream of the log; its name is part of the cursor, so that more can be added without moving this one.
const stream = '0';

/** Starts the three projectors and the trimming of the log behind them. Each has one owner among all processes, so starting them twice is safe. */
export function startProjectors(deps: ProjectorDeps, limits: ProjectorLimits): RunningProjector {
  const plans = [graphPlan(deps, limits), factsPlan(deps, limits), lineagePlan(deps, limits), trimPlan(deps, limits)];
  const { projectors } = deps.log;
  const running = plans.map((plan) => runProjector({ projectors, owner: deps.owner, onFault: deps.onFault }, plan));
  return {
    stop: async () => {
      await Promise.all(running.map((projector) => projector.stop()));
    },
  };
}

function graphPlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const { leaseMs, retryMaxMs, maxEntries, readBlockMs, graphChanges, linkPosts, linkWork } = limits;
  const onBatch: OnBatch = (items, durationMs) => deps.onBatch('graph', items, durationMs);
  return {
    name: 'graph',
    idleMs: 0,
    leaseMs,
    retryMaxMs,
    begin: () =>
      beginGraphTurn({ graph: deps.graph, log: deps.log, onBatch }, stream, {
        maxEntries,
        blockMs: readBlockMs,
        maxChanges: graphChanges,
        linkPosts,
        linkWork,
      }),
  };
}

function factsPlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
  const { leaseMs, retryMaxMs, maxEntries, readBlockMs, batchItems } = limits;
  const onBatch: OnBatch = (items, durationMs) => deps.onBatch('facts', items, durationMs);
  return {
    name: 'facts',
    idleMs: 0,
    leaseMs,
    retryMaxMs,
    begin: async (lease) =>
      beginFactsTurn({ facts: deps.facts, log: deps.log, onBatch }, await openClaim(deps.log, lease), {
        maxEntries,
        blockMs: readBlockMs,
        maxItems: batchItems,
      }),
  };
}

function lineagePlan(deps: ProjectorDeps, limits: ProjectorLimits): ProjectorPlan {
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

function trimPlan(
  { graph, log }: ProjectorDeps,
  { leaseMs, retryMaxMs, trimEveryMs, trimKeepMs }: ProjectorLimits,
): ProjectorPlan {
  const cursors = async () => [
    (await readCursor(graph, stream))?.position ?? beforeAllEntries,
    (await log.projectors.readState('facts')).position,
  ];
  return {
    name: 'trim',
    idleMs: trimEveryMs,
    leaseMs,
    retryMaxMs,
    begin: async () => beginTrimTurn({ log, cursors, now: Date.now }, trimKeepMs),
  };
}
