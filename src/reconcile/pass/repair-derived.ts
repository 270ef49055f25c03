import { recordRepairs } from '../runs/record-run.ts';
import { label, type Repair } from '../runs/report.ts';
import { lostForGood } from './repair-numbers.ts';
import type { Stretch } from './repairs.ts';
import type { PassDeps, Run } from './run-context.ts';

/**
 * Tables that follow from the facts alone. They are filled anew from all facts in one step, so no cap holds this back:
 * whatever they said before, they cannot come to say anything but what the facts say. Where the facts have lost an event
 * for good, what followed from it is the last trace of it, and stays.
 */
export async function repairDerived(deps: PassDeps, { report }: Run, stretch: Stretch): Promise<void> {
  if (stretch.toSeq < stretch.fromSeq) return;
  const found = await deps.repairs.checkDerived(stretch);
  report.differing += found.length;
  if (found.length > 0 && report.labelled.some(({ reason }) => reason === lostForGood)) {
    for (const { table } of found) label(report, table, 'not rebuilt, because the facts have lost events');
    return;
  }
  for (const { table, partition, source, stored } of found) {
    if (!report.dryRun) await deps.repairs.rebuildDerived(table, partition);
    const repair: Repair = {
      kind: 'derived_stale',
      target: table,
      source: 'facts',
      subject: `${table} ${partition}`,
      detail: `rows and checksum were ${stored}, the facts make them ${source}`,
      graphBefore: '',
      factsBefore: stored,
      graphAfter: '',
      factsAfter: report.dryRun ? '' : source,
      repairedAtMs: deps.now(),
    };
    report.repaired += report.dryRun ? 0 : 1;
    await recordRepairs(deps, report, [repair]);
  }
}
