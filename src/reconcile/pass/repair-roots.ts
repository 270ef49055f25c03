import { setTimeout as delay } from 'node:timers/promises';
import type { Comparison } from '../compare-roots.ts';
import { findWatermark, readGraphWatermarkStatement } from '../find-watermark.ts';
import { reconcileRoots } from '../reconcile-roots.ts';
import { recordRepairs } from '../runs/record-run.ts';
import { label, type Repair, waitingLetter } from '../runs/report.ts';
import { repairPosts } from './repair-posts.ts';
import { mayRepair, type PassDeps, type Run } from './run-context.ts';

const lookAgainMs = 50;

/** Cascades on which the stores do not agree, looked at twice, because what moved between two looks is no drift. */
export async function findDisagreeing(deps: PassDeps, run: Run, rootIds: readonly string[]): Promise<Comparison[]> {
  const first = await compareQuietly(deps, rootIds);
  if (first.length === 0) return [];
  await delay(run.limits.secondLookMs);
  return compareQuietly(
    deps,
    first.map(({ rootId }) => rootId),
  );
}

async function compareQuietly(deps: PassDeps, rootIds: readonly string[]): Promise<Comparison[]> {
  const compared = await reconcileRoots({ ...deps, onDisagreement: () => undefined }, rootIds);
  return compared.filter(({ agrees }) => !agrees);
}

/**
 * Repairs cascades on which the stores do not agree. The raw facts decide which side is wrong: posts of the graph that
 * differ from them are projected anew, and only where the graph is right already is lineage written anew from it.
 */
export async function repairRoots(deps: PassDeps, run: Run, comparisons: readonly Comparison[]): Promise<void> {
  const { report } = run;
  report.differing += comparisons.length;
  for (const comparison of comparisons) deps.onDisagreement(comparison);
  const rootIds = comparisons.map(({ rootId }) => rootId);
  if (!(await mayRepair(deps, run, rootIds))) {
    if (report.dryRun)
      await recordRepairs(
        deps,
        report,
        comparisons.map((item) => toRepair(item, item, deps.now())),
      );
    return;
  }
  for (const comparison of comparisons) {
    await repairRoot(deps, run, comparison);
    if (report.stopped !== '') return;
  }
}

async function repairRoot(deps: PassDeps, run: Run, before: Comparison): Promise<void> {
  const { rootId } = before;
  const { report, limits } = run;
  let explained = false;
  for (let round = 0; round < limits.repairRounds; round += 1) {
    const watermark = await findWatermark(deps);
    const suspects = watermark === null ? [] : await deps.repairs.suspectPostsOf(rootId, watermark.acceptSeq);
    const repaired = report.repaired;
    if (suspects.length > 0) await repairPosts(deps, run, suspects);
    // Suspects of which none was repaired wait for something else, and so does their cascade.
    explained = suspects.length > 0 && report.repaired === repaired;
    if (report.repaired === repaired || report.stopped !== '') break;
  }
  await followLineage(deps, limits.followMs);
  const [still] = await compareQuietly(deps, [rootId]);
  if (still === undefined) return;
  if (explained && still.lineage === '') {
    const isWaiting = report.labelled.some(({ reason }) => reason === waitingLetter);
    label(report, rootId, isWaiting ? waitingLetter : 'its posts cannot be judged now');
    return;
  }
  await deps.repairs.askForRewrite([rootId]);
  await followLineage(deps, limits.followMs);
  const [after] = await compareQuietly(deps, [rootId]);
  if (after !== undefined) label(report, rootId, 'still differs after its repair');
  report.repaired += 1;
  const [now = before] = await reconcileRoots({ ...deps, onDisagreement: () => undefined }, [rootId]);
  await recordRepairs(deps, report, [toRepair(before, now, deps.now())]);
}

/** Waits, not for ever, until lineage has followed everything that the graph has linked so far. */
export async function followLineage({ graph, log }: PassDeps, timeoutMs: number): Promise<boolean> {
  const deadlineMs = Date.now() + timeoutMs;
  const [cursor] = await graph.read(readGraphWatermarkStatement, {});
  while ((await log.readProgress()).lineageLinkSeq < (cursor?.linkSeq ?? 0)) {
    if (Date.now() > deadlineMs) return false;
    await delay(lookAgainMs);
  }
  return true;
}

function toRepair(before: Comparison, after: Comparison, nowMs: number): Repair {
  return {
    kind: 'lineage',
    target: 'lineage',
    source: 'graph',
    subject: before.rootId,
    detail: before.lineage,
    graphBefore: before.graph.digest,
    factsBefore: before.facts.digest,
    graphAfter: after.graph.digest,
    factsAfter: after.facts.digest,
    repairedAtMs: nowMs,
  };
}
