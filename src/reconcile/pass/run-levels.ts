import { findWatermark } from '../find-watermark.ts';
import { recordRun } from '../runs/record-run.ts';
import type { Report } from '../runs/report.ts';
import type { PassDeps, PassLimits } from './run-context.ts';
import {
  beginRun,
  countStretch,
  endRun,
  findDisagreeingStatement,
  listRootsStatement,
  repairCounted,
  repairSomeRoots,
  repairSuspects,
} from './run-pass.ts';
import { newSweep, type Place } from './take-turn.ts';

/** What one turn found, and where the next goes on. A turn in which there was nothing to say is not kept. */
export type Turned = { place: Place; report: Report };

// Many more than any run may repair would only say the same again.
const disagreeingAtOnce = 20_000;

/** Level 1: counts the newest buckets of the accept order, and some of the older ones in their turn. */
export async function runCounts(deps: PassDeps, place: Place, limits: PassLimits): Promise<Turned> {
  const run = beginRun(deps, { level: '1', dryRun: false }, limits);
  const acceptSeq = (await findWatermark(deps))?.acceptSeq ?? 0;
  const { bucketSize: size, newestBuckets, olderBuckets } = limits;
  const firstNew = Math.max(0, Math.ceil(acceptSeq / size) - newestBuckets);
  const older = Math.min(place.bucket + olderBuckets, firstNew);
  const stretches = [
    { fromSeq: place.bucket * size + 1, toSeq: older * size, size },
    { fromSeq: firstNew * size + 1, toSeq: acceptSeq, size },
  ];
  for (const stretch of stretches) {
    if (run.report.stopped === '') await countStretch(deps, run, stretch);
    if (run.report.stopped === '') await repairCounted(deps, run, stretch);
  }
  return { place: { ...place, bucket: older >= firstNew ? 0 : older }, report: await keepIfTelling(deps, run.report) };
}

/** Level 2: cascades that did not agree when their own jobs compared them. */
export async function runDisagreeing(deps: PassDeps, place: Place, limits: PassLimits): Promise<Turned> {
  const run = beginRun(deps, { level: '2', dryRun: false }, limits);
  const rows = await deps.facts.select(findDisagreeingStatement, { limit: disagreeingAtOnce });
  await repairSomeRoots(
    deps,
    run,
    rows.map((row) => row.rootId),
  );
  return { place, report: await keepIfTelling(deps, run.report) };
}

/** Level 3: the next stretches of all posts and cascades by their ids. One way through everything is one run. */
export async function runStretches(deps: PassDeps, place: Place, limits: PassLimits): Promise<Turned> {
  const run = beginRun(deps, { level: '3', dryRun: false }, limits);
  const { report } = run;
  run.affectedBefore = place.sweep.affected;
  report.runId = place.sweep.runId;
  let after: string | null = place.sweep.after;
  for (let turn = 0; turn < limits.stretchesAtOnce && after !== null && report.stopped === ''; turn += 1) {
    const watermark = await findWatermark(deps);
    const swept = await deps.repairs.sweepPosts(after, watermark?.acceptSeq ?? 0);
    report.lookedAt += swept.looked;
    await repairSuspects(deps, run, swept.suspects);
    if (report.stopped === '')
      await repairSomeRoots(deps, run, await rootsBetween(deps, after, swept, limits.rootsAtOnce));
    after = swept.upTo;
  }
  const sweep = {
    ...place.sweep,
    after: after ?? '',
    lookedAt: place.sweep.lookedAt + report.lookedAt,
    differing: place.sweep.differing + report.differing,
    repaired: place.sweep.repaired + report.repaired,
    affected: place.sweep.affected + run.affected.size,
  };
  if (after !== null && report.stopped === '') return { place: { ...place, sweep }, report };
  const { startedAtMs, lookedAt, differing, repaired } = sweep;
  await recordRun(deps, { ...report, startedAtMs, lookedAt, differing, repaired, endedAtMs: deps.now() });
  return { place: { ...place, sweep: newSweep(deps.now()) }, report };
}

async function rootsBetween(
  { facts }: PassDeps,
  after: string,
  { upTo, rootIds }: { upTo: string | null; rootIds: readonly string[] },
  limit: number,
): Promise<string[]> {
  const found = new Set(rootIds);
  for (let from: string | undefined = after; from !== undefined; ) {
    const rows: Array<{ rootId: string }> = await facts.select(listRootsStatement, {
      after: from,
      upTo: upTo ?? '',
      limit,
    });
    for (const row of rows) found.add(row.rootId);
    from = rows.length < limit ? undefined : rows.at(-1)?.rootId;
  }
  return [...found];
}

/** Every ten seconds nothing is no news. */
async function keepIfTelling(deps: PassDeps, report: Report): Promise<Report> {
  if (report.differing > 0 || report.stopped !== '') return endRun(deps, report);
  return { ...report, endedAtMs: deps.now() };
}
