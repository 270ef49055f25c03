import { randomUUID } from 'node:crypto';
import type { Facts } from '../../facts/facts.ts';
import type { Repair, Report } from './report.ts';

type Deps = { facts: Pick<Facts, 'insert'> };

const runColumns = [
  'run_id',
  'level',
  'dry_run',
  'started_at',
  'ended_at',
  'looked_at',
  'differing',
  'repaired',
  'stopped',
];
const repairColumns = [
  'run_id',
  'repaired_at',
  'dry_run',
  'kind',
  'target',
  'source',
  'subject',
  'detail',
  'graph_before',
  'facts_before',
  'graph_after',
  'facts_after',
];

/** Kept as soon as it is done, so that a run that dies leaves the record of what it did. */
export async function recordRepairs({ facts }: Deps, report: Report, repairs: readonly Repair[]): Promise<void> {
  const { runId, dryRun } = report;
  const token = `repairs:${randomUUID()}`;
  report.repairs.push(...repairs);
  const rows = repairs.map((repair) => {
    const { repairedAtMs, kind, target, source, subject, detail } = repair;
    const { graphBefore, factsBefore, graphAfter, factsAfter } = repair;
    const said = [graphBefore, factsBefore, graphAfter, factsAfter];
    return [runId, repairedAtMs, dryRun, kind, target, source, subject, detail, ...said];
  });
  await facts.insert({ table: 'repairs', columns: repairColumns, token }, rows);
}

export async function recordRun({ facts }: Deps, report: Report): Promise<void> {
  const { runId, level, dryRun, startedAtMs, endedAtMs, lookedAt, differing, repaired, stopped } = report;
  const row = [runId, level, dryRun, startedAtMs, endedAtMs, lookedAt, differing, repaired, stopped];
  await facts.insert({ table: 'runs', columns: runColumns, token: `run:${runId}` }, [row]);
}
