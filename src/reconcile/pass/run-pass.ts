import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { Comparison } from '../compare-roots.ts';
import { findWatermark } from '../find-watermark.ts';
import { recordRun } from '../runs/record-run.ts';
import { newReport, type Report } from '../runs/report.ts';
import { repairDerived } from './repair-derived.ts';
import { repairNumbers } from './repair-numbers.ts';
import { repairPosts } from './repair-posts.ts';
import { findDisagreeing, followLineage, repairRoots } from './repair-roots.ts';
import type { Stretch } from './repairs.ts';
import type { PassDeps, PassLimits, Run } from './run-context.ts';

export const countDriftStatement = statement('clickhouse/reconcile/count-drift.sql', {
  params: z.object({}),
  row: z.object({ driftShares: z.number(), driftRoots: z.number() }),
});
export const findDisagreeingStatement = statement('clickhouse/reconcile/find-disagreeing.sql', {
  params: z.object({ limit: z.number() }),
  row: z.object({ rootId: z.string() }),
});
export const listRootsStatement = statement('clickhouse/reconcile/list-roots.sql', {
  params: z.object({ after: z.string(), upTo: z.string(), limit: z.number() }),
  row: z.object({ rootId: z.string() }),
});

/** `1` counts, `2` compares cascades, `3` sweeps over everything. `all` is everything at once; a number is one level. */
export type Level = '1' | '2' | '3' | 'all';

type Begin = { level: string; dryRun: boolean };

/** A run with nothing found yet. */
export function beginRun({ now }: PassDeps, { level, dryRun }: Begin, limits: PassLimits): Run {
  return { report: newReport(level, dryRun, now()), affected: new Set(), affectedBefore: 0, limits };
}

/** One whole pass over everything, or over one cascade, now. */
export async function runPass(
  deps: PassDeps,
  options: { level: Level; dryRun: boolean; rootId?: string | undefined },
  limits: PassLimits,
): Promise<Report> {
  const run = beginRun(deps, options, limits);
  const { report } = run;
  const { level, rootId } = options;
  await finishMovement(deps, options.dryRun, limits);
  const watermark = await findWatermark(deps);
  if (watermark !== null && rootId !== undefined) {
    await repairSuspects(deps, run, await deps.repairs.suspectPostsOf(rootId, watermark.acceptSeq));
    if (report.stopped === '') await repairSomeRoots(deps, run, [rootId]);
  } else if (watermark !== null) {
    const stretch = { fromSeq: 1, toSeq: watermark.acceptSeq, size: limits.bucketSize };
    if (level !== '2') await countStretch(deps, run, stretch);
    if (level === '1') await repairCounted(deps, run, stretch);
    const roots = level === '3' || level === 'all' ? await sweepAllPosts(deps, run) : [];
    if (level !== '1' && report.stopped === '') await repairAllRoots(deps, run, roots);
  }
  return endRun(deps, report);
}

/** What is only half linked, by a run that died say, is no damage and is not judged: so it is brought to its end first. */
async function finishMovement(deps: PassDeps, dryRun: boolean, { followMs }: PassLimits): Promise<void> {
  if (!dryRun) await deps.repairs.settleGraph();
  await followLineage(deps, followMs);
}

export async function endRun(deps: PassDeps, report: Report): Promise<Report> {
  report.endedAtMs = deps.now();
  await recordRun(deps, report);
  return report;
}

/** The facts against themselves, and what follows from them. */
export async function countStretch(deps: PassDeps, run: Run, stretch: Stretch): Promise<void> {
  await repairNumbers(deps, run, stretch);
  if (run.report.stopped === '') await repairDerived(deps, run, stretch);
}

/** Posts that only one of the stores has. */
export async function repairCounted(deps: PassDeps, run: Run, stretch: Stretch): Promise<void> {
  if (stretch.toSeq < stretch.fromSeq || run.report.stopped !== '') return;
  await repairSuspects(deps, run, await deps.repairs.countPosts(stretch));
}

/** Posts, and then the lineage of the cascades that were touched: it may have followed what was wrong. */
export async function repairSuspects(deps: PassDeps, run: Run, suspects: readonly string[]): Promise<void> {
  const touched = suspects.length === 0 ? [] : await repairPosts(deps, run, suspects);
  if (touched.length === 0 || run.report.stopped !== '') return;
  await followLineage(deps, run.limits.followMs);
  const disagreeing = await findDisagreeing(deps, run, touched);
  if (disagreeing.length > 0) await repairRoots(deps, run, disagreeing);
}

/** All are found before the first is repaired, so that a run that finds too much has touched nothing. */
async function sweepAllPosts(deps: PassDeps, run: Run): Promise<string[]> {
  const suspects: string[] = [];
  const rootIds: string[] = [];
  for (let after: string | null = ''; after !== null && run.report.stopped === ''; ) {
    const watermark = await findWatermark(deps);
    const swept = await deps.repairs.sweepPosts(after, watermark?.acceptSeq ?? 0);
    suspects.push(...swept.suspects);
    rootIds.push(...swept.rootIds);
    run.report.lookedAt += swept.looked;
    after = swept.upTo;
  }
  if (suspects.length > 0 && run.report.stopped === '') await repairPosts(deps, run, suspects);
  await followLineage(deps, run.limits.followMs);
  return rootIds;
}

/** Those that the graph has, and those that lineage has. */
async function repairAllRoots(deps: PassDeps, run: Run, inGraph: readonly string[]): Promise<void> {
  const rootIds = new Set(inGraph);
  const limit = run.limits.rootsAtOnce;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows: Array<{ rootId: string }> = await deps.facts.select(listRootsStatement, { after, upTo: '', limit });
    for (const row of rows) rootIds.add(row.rootId);
    after = rows.length < limit ? undefined : rows.at(-1)?.rootId;
  }
  await repairSomeRoots(deps, run, [...rootIds]);
}

export async function repairSomeRoots(deps: PassDeps, run: Run, rootIds: readonly string[]): Promise<void> {
  const { report, limits } = run;
  const disagreeing: Comparison[] = [];
  for (let from = 0; from < rootIds.length; from += limits.rootsAtOnce) {
    disagreeing.push(...(await findDisagreeing(deps, run, rootIds.slice(from, from + limits.rootsAtOnce))));
  }
  report.lookedAt += rootIds.length;
  if (disagreeing.length > 0) await repairRoots(deps, run, disagreeing);
}
