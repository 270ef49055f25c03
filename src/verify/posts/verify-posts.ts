import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from '../check.ts';
import { digestEvents, endGraphWalk, judgeDigests } from '../graph/end-walk.ts';
import { findGraphPosts, pageGraphPosts } from '../graph/graph-posts.ts';
import { judgeRefusals } from '../graph/judge-refusals.ts';
import { beginGraphWalk, type GraphWalk, seePost } from '../graph/walk-graph.ts';
import { beginLineageWalk, endCascade, type LineageWalk, seeRow } from '../lineage/judge-lineage.ts';
import { pageLineage } from '../lineage/lineage-rows.ts';
import { hasMoved, readPositions, watermarkOf } from '../read-positions.ts';
import { isIdle, readWork } from '../read-work.ts';
import type { Scope, VerifyDeps } from '../verify-deps.ts';
import type { Expected } from './expected.ts';
import { explainMovement } from './explain-movement.ts';
import { loadEvents, loadLetters, loadRefusals } from './load-events.ts';
import { loadRootEvents } from './load-root-events.ts';
import { Look } from './look.ts';
import { StandingEvents } from './standing-events.ts';
import { walkPosts } from './walk-posts.ts';

type Looked = { look: Look; moved: boolean };

/**
 * Compares posts, edges and lineage with what the events alone say. While the stores move, a difference counts only when
 * another look at a later watermark finds it again.
 */
export async function verifyPosts(deps: VerifyDeps, scope: Scope): Promise<Check[]> {
  const { limits, onProgress } = deps;
  let { look, moved } = await lookAtPosts(deps, scope);
  for (let round = 1; round < limits.looks && moved && look.suspicious; round += 1) {
    onProgress('something differs while the stores move: looking again');
    await delay(limits.lookAgainMs);
    const next = await lookAtPosts(deps, scope);
    next.look.keepCommon(look);
    ({ look, moved } = next);
  }
  return look.finish(limits.maxExamples);
}

async function lookAtPosts(deps: VerifyDeps, scope: Scope): Promise<Looked> {
  const before = await readPositions(deps);
  const upTo = watermarkOf(before);
  const work = await readWork(deps, before.lineage.linkSeq);
  const refusals = await loadRefusals(deps, upTo.acceptSeq);
  const letters = await loadLetters(deps, upTo.acceptSeq);
  const standing = new StandingEvents(deps.limits.maxPosts, refusals);
  if (scope.rootId === null) await loadEvents(deps, standing, letters, upTo.acceptSeq);
  else await loadRootEvents(deps, standing, { rootId: scope.rootId, letters, lastSeq: upTo.acceptSeq });
  const look = new Look(deps.limits.maxSuspects);
  const places = walkPosts(standing.table);
  const within = { ...scope, lastSeq: Math.min(scope.lastSeq, upTo.acceptSeq) };
  const expected: Expected = { standing, places, size: standing.table.size, upTo, scope: within, work, look };
  if (scope.rootId === null) judgeRefusals(expected, refusals, letters);
  const lineage = await walkLineage(deps, expected);
  const walk = await walkGraph(deps, expected, lineage.placed);
  const factsDigests = digestEvents(expected);
  const after = await explainMovement(deps, expected, before, walk);
  judgeDigests(expected, walk, factsDigests);
  return { look, moved: hasMoved(before, after) || !isIdle(work) };
}

async function walkLineage(deps: VerifyDeps, expected: Expected): Promise<LineageWalk> {
  const walk = beginLineageWalk(expected);
  let rows = 0;
  for await (const page of pageLineage(deps, expected.scope.rootId, expected.upTo.linkSeq)) {
    for (const row of page) seeRow(expected, walk, row);
    rows += page.length;
    deps.onProgress(`lineage: ${rows} rows`);
  }
  endCascade(expected, walk);
  return walk;
}

async function walkGraph(deps: VerifyDeps, expected: Expected, placed: Int32Array): Promise<GraphWalk> {
  const walk = beginGraphWalk(expected);
  let posts = 0;
  for await (const page of pageGraphPosts(deps, expected.scope.rootId)) {
    for (const post of page) seePost(expected, walk, post, placed);
    posts += page.length;
    deps.onProgress(`graph: ${posts} posts`);
  }
  if (expected.scope.rootId !== null) await seeUnseen(deps, expected, walk, placed);
  const late = await readWork(deps, expected.upTo.linkSeq);
  for (const id of late.linking) expected.work.linking.add(id);
  for (const id of late.dissolving) expected.work.dissolving.add(id);
  endGraphWalk(expected, walk);
  return walk;
}

/** Posts of the cascade by the events that the graph does not count to it are asked for one by one. */
async function seeUnseen(deps: VerifyDeps, expected: Expected, walk: GraphWalk, placed: Int32Array): Promise<void> {
  const ids = expected.standing.table.ids.slice(0, expected.size).filter((_, place) => walk.seen[place] !== 1);
  for await (const page of findGraphPosts(deps, ids)) for (const post of page) seePost(expected, walk, post, placed);
}
