import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../src/config.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { Log } from '../../src/log/open-log.ts';
import { openRepairs } from '../../src/project/open-repairs.ts';
import { startProjectors } from '../../src/project/start-projectors.ts';
import { readGraphWatermarkStatement } from '../../src/reconcile/find-watermark.ts';
import type { PassDeps, PassLimits } from '../../src/reconcile/pass/run-context.ts';
import { openTestLog } from '../setup/open-test-log.ts';
import { openEmptyGraph, openFreshFacts } from '../setup/open-test-stores.ts';

/** Both stores, a log and the real projectors, with everything that looks for damage and repairs it. */
export type WholeStores = {
  graph: Graph;
  facts: Facts;
  log: Log;
  pass: PassDeps;
  limits: PassLimits;
  faults: unknown[];
  /** Until both stores have everything that the log has, and lineage too. */
  settle(): Promise<void>;
  stopProjectors(): Promise<void>;
  close(): Promise<void>;
};

const { reconcile } = readConfig(process.env);
/** Patient, because a machine that runs many tests is slow. */
export const repairLimits = { ...reconcile.repair, confirmMs: 60_000, holdMs: 60_000, settleMs: 10_000 };

export async function openWholeStores(changed: Partial<PassLimits> = {}): Promise<WholeStores> {
  const graph = await openEmptyGraph();
  const { facts } = await openFreshFacts();
  const log = await openTestLog();
  const config = readConfig(process.env);
  const faults: unknown[] = [];
  const projectors = startProjectors(
    {
      graph,
      facts,
      log,
      owner: randomUUID(),
      onBatch: () => undefined,
      onRoots: () => undefined,
      onLetters: () => undefined,
      onFault: (_name, fault) => void faults.push(fault),
    },
    config.project,
  );
  const limits = { ...config.reconcile.pass, bucketSize: 50, secondLookMs: 200, followMs: 60_000, ...changed };
  const repairs = openRepairs({ graph, facts, log }, repairLimits);
  const pass = { graph, facts, log, repairs, now: Date.now, onDisagreement: () => undefined };
  return {
    graph,
    facts,
    log,
    pass,
    limits,
    faults,
    settle: () => settle(graph, log),
    stopProjectors: () => projectors.stop(),
    close: async () => {
      await projectors.stop();
      log.close();
      await Promise.all([graph.close(), facts.close()]);
    },
  };
}

async function settle(graph: Graph, log: Log): Promise<void> {
  const deadlineMs = Date.now() + 120_000;
  const lastSeq = await log.lastSeq();
  for (;;) {
    const progress = await log.readProgress();
    const [cursor] = await graph.read(readGraphWatermarkStatement, {});
    const isThere = progress.factsSeq >= lastSeq && (cursor?.seq ?? 0) >= lastSeq;
    if (isThere && progress.lineageLinkSeq >= (cursor?.linkSeq ?? 0)) return;
    if (Date.now() > deadlineMs) throw new Error(`not settled: ${JSON.stringify({ progress, cursor, lastSeq })}`);
    await delay(50);
  }
}
