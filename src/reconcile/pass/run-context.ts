import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Log } from '../../log/open-log.ts';
import { statement } from '../../query/statement.ts';
import type { Comparison } from '../compare-roots.ts';
import type { Report } from '../runs/report.ts';
import type { Repairs } from './repairs.ts';

export type PassLimits = {
  bucketSize: number;
  newestBuckets: number;
  olderBuckets: number;
  /** Of one look, in the order of ids. */
  rootsAtOnce: number;
  stretchesAtOnce: number;
  /** A run that would repair more cascades than this share of all, and than this number, stops and repairs none. */
  maxRepairShare: number;
  minRepairs: number;
  /** How long lineage is waited for after a repair. */
  followMs: number;
  /** What differs is looked at once more after this time before anybody believes it. */
  secondLookMs: number;
  repairRounds: number;
};

export type PassDeps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select' | 'insert'>;
  log: Pick<Log, 'readProgress' | 'readEntryOfSeq'>;
  repairs: Repairs;
  now: () => number;
  onDisagreement: (comparison: Comparison) => void;
};

export const countRootsStatement = statement('clickhouse/reconcile/count-roots.sql', {
  params: z.object({}),
  row: z.object({ roots: z.number() }),
});

/** One run on its way: what it found so far, and what was touched by it and by those it goes on from. */
export type Run = { report: Report; affected: Set<string>; affectedBefore: number; limits: PassLimits };

/**
 * Asked with everything that is about to be repaired together: when that is more than a run may touch, none of it is,
 * and the run ends. Stores that differ in so much are more likely misread than damaged.
 */
export async function mayRepair(deps: PassDeps, run: Run, subjects: readonly string[]): Promise<boolean> {
  const { report, affected } = run;
  const wanted = run.affectedBefore + new Set([...affected, ...subjects]).size;
  const allowed = await countAllowed(deps, run.limits);
  if (wanted > allowed) {
    report.stopped = `${wanted} would be repaired, ${allowed} may be`;
    return false;
  }
  for (const subject of subjects) affected.add(subject);
  return !report.dryRun;
}

async function countAllowed({ facts }: PassDeps, { minRepairs, maxRepairShare }: PassLimits): Promise<number> {
  const [counted] = await facts.select(countRootsStatement, {});
  return Math.max(minRepairs, Math.floor((counted?.roots ?? 0) * maxRepairShare));
}
