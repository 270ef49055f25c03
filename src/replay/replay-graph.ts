import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { beforeAllEntries, numberOfPosition } from '../log/entry-id.ts';
import type { Log } from '../log/open-log.ts';
import { compareDumps, type DumpComparison } from './dump/compare-dumps.ts';
import { dumpGraph } from './dump-graph.ts';
import { chooseSource, type ReplayEnd, type ReplayFrom, type SourceLimits } from './fill/choose-source.ts';
import type { EntrySource } from './fill/entry-source.ts';
import { findLogBegin, placeBehind } from './fill/log-source.ts';
import { type BeginTurn, runToEnd } from './fill/run-turn.ts';
import { findFactsEnd } from './find-facts-end.ts';
import { type AdoptedOrder, adoptLinkOrder } from './graph/adopt-link-order.ts';
import { isLinked, readGraphCursor, setCursorStatement } from './graph/cursor.ts';
import { type Held, type HoldLimits, holdProjectors } from './swap/hold-projectors.ts';

export type GraphReplayDeps = {
  live: Graph;
  /** A second server, empty or with what an earlier try has left. */
  fresh: Graph;
  facts: Facts;
  log: Log;
  beginGraph: BeginTurn<{ graph: Graph; source: EntrySource; factsPosition: string }>;
  say: (line: string) => void;
};

export type GraphReplayLimits = SourceLimits & HoldLimits & { pageSize: number; maxExamples: number };

export type GraphReplayRequest = { from: ReplayFrom; swap: boolean; acceptDifference: boolean };

export type GraphReplay = {
  store: 'graph';
  from: ReplayFrom;
  upToSeq: number;
  factsUpTo: number;
  resumed: boolean;
  comparison: DumpComparison;
  /** Whether the fresh graph was made ready to take the live one's place: how lineage follows it. */
  ready: AdoptedOrder | null;
};

const eventNames = ['post_created', 'post_share', 'user_follow', 'post_deleted'];

/**
 * Fills a second graph with what was accepted, says exactly where the live one differs, and makes it ready to take the
 * live one's place. Interrupted, it goes on where its own cursor stands.
 */
export async function replayGraph(
  deps: GraphReplayDeps,
  request: GraphReplayRequest,
  limits: GraphReplayLimits,
): Promise<GraphReplay> {
  const begun = await readGraphCursor(deps.fresh);
  await fillGraph(deps, request, limits);
  // Whoever swaps must be alone with the stores; whoever looks only needs the live graph to stand still for a moment.
  const names = request.swap ? ['graph', 'facts', 'lineage'] : ['graph'];
  const held = await holdProjectors(deps, names, { ...limits, mustBeStopped: request.swap });
  try {
    const { end, factsUpTo } = await fillGraph(deps, request, limits);
    deps.say(`comparing up to accept number ${end.seq}`);
    const dump = (graph: Graph) => dumpGraph({ graph }, { order: 'accepted', pageSize: limits.pageSize });
    const comparison = await compareDumps(dump(deps.live), dump(deps.fresh), limits);
    const wanted = request.swap && (comparison.equal || request.acceptDifference);
    const ready = wanted ? await makeReady({ ...deps, held }, end, limits) : null;
    const resumed = (begun?.seq ?? 0) > 0;
    return { store: 'graph', from: request.from, upToSeq: end.seq, factsUpTo, resumed, comparison, ready };
  } finally {
    await held.release();
  }
}

type Filled = { end: ReplayEnd; factsUpTo: number };

async function fillGraph(
  deps: GraphReplayDeps,
  { from }: GraphReplayRequest,
  limits: GraphReplayLimits,
): Promise<Filled> {
  const { fresh, facts, log, say } = deps;
  const factsEnd = await findFactsEnd(deps);
  const end = await findEnd(deps, factsEnd);
  const taken = (await readGraphCursor(fresh))?.seq ?? 0;
  if (taken > end.seq)
    throw new Error(`the second graph holds more than was accepted (${taken} of ${end.seq}): empty it first`);
  const asked = { from, end, factsSeq: factsEnd.seq, eventNames, withLost: true, cuts: [], boundary: null };
  const { source, factsUpTo } = await chooseSource({ facts, log }, { ...asked, startSeq: taken + 1 }, limits);
  const told = tellProgress(source, end, say);
  const position = factsEnd.position === beforeAllEntries ? placeBehind(factsEnd.seq) : factsEnd.position;
  const target = { graph: fresh, source: told, factsPosition: position };
  const turn = await deps.beginGraph(target, { name: 'replay-graph', owner: 'replay', epoch: 0 });
  await runToEnd(turn, told, () => isLinked(fresh));
  const reached = (await readGraphCursor(fresh))?.seq ?? 0;
  if (reached !== end.seq) throw new Error(`the second graph reached ${reached}, not ${end.seq}`);
  return { end, factsUpTo };
}

/**
 * Where the live graph stands. One that the log cannot bring any further (it was lost, or never was) says nothing: then
 * everything that the facts hold is made.
 */
async function findEnd({ live, log }: GraphReplayDeps, factsEnd: ReplayEnd): Promise<ReplayEnd> {
  const cursor = await readGraphCursor(live);
  const begin = await findLogBegin({ log });
  const lastSeq = await log.lastSeq();
  const goesOnAt = begin ?? lastSeq + 1;
  if (cursor !== null && cursor.seq > Math.max(lastSeq, factsEnd.seq)) {
    throw new Error(
      `the live graph stands at ${cursor.seq}, beyond all that was accepted: it has followed another log`,
    );
  }
  if (cursor === null || cursor.seq === 0 || cursor.seq < goesOnAt - 1) return factsEnd;
  return { seq: cursor.seq, position: cursor.position };
}

function tellProgress(source: EntrySource, end: ReplayEnd, say: (line: string) => void): EntrySource {
  let saidAt = Date.now();
  return {
    ...source,
    read: async (request) => {
      const entries = await source.read(request);
      const last = entries.at(-1);
      if (last !== undefined && Date.now() - saidAt > 2000) {
        saidAt = Date.now();
        say(`  accept number ${last.lastSeq} of ${end.seq}`);
      }
      return entries;
    },
  };
}

async function makeReady(
  { live, fresh, facts, held }: GraphReplayDeps & { held: Held },
  end: ReplayEnd,
  limits: GraphReplayLimits,
): Promise<AdoptedOrder> {
  const mirrored = held.positions.get('lineage') ?? beforeAllEntries;
  const adopted = await adoptLinkOrder({ graph: fresh, facts }, numberOfPosition(mirrored), limits);
  held.check();
  const epochs = [await readGraphCursor(live), await readGraphCursor(fresh)].map((cursor) => cursor?.epoch ?? 0);
  const position = end.position === beforeAllEntries ? placeBehind(end.seq) : end.position;
  await fresh.write(setCursorStatement, { epoch: Math.max(...epochs) + 1, position, linkSeq: adopted.linkSeq });
  return adopted;
}
