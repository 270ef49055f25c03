import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/config.ts';
import { scoreValues } from '../../src/engagement/score-params.ts';
import type { Facts } from '../../src/facts/facts.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { type Log, openLog } from '../../src/log/open-log.ts';
import { startProjectors } from '../../src/project/start-projectors.ts';
import { startTally } from '../../src/project/tally/start-tally.ts';
import type { VerifyDeps } from '../../src/verify/verify-deps.ts';
import { waitUntilQuiet } from '../../src/verify/wait-until-quiet.ts';
import { until } from '../jobs/poll.ts';
import { acceptInto } from '../setup/open-test-log.ts';
import { openEmptyGraph, openFreshFacts, testEnvironment } from '../setup/open-test-stores.ts';

/** Three real stores that the real projectors fill. */
export type FilledStores = {
  graph: Graph;
  facts: Facts;
  log: Log;
  /** Names for a service or a command that is to find the same stores. */
  variables: Record<string, string | undefined>;
  deps: VerifyDeps;
  accept(events: readonly object[]): Promise<void>;
  settle(): Promise<void>;
  stopProjecting(): Promise<void>;
  close(): Promise<void>;
};

/** The door of these stores remembers few ids, so that a repeat comes through it. */
export async function openFilledStores(idMemoryBytes: number): Promise<FilledStores> {
  const graph = await openEmptyGraph();
  const { facts, database } = await openFreshFacts();
  const prefix = `{verify-${randomUUID()}}`;
  const log = await openLog({ url: testEnvironment('REDIS_URL'), prefix, idMemoryBytes, answerTimeoutMs: 5000 });
  const { project, tally: tallySettings, verify } = readConfig(process.env);
  const deps: VerifyDeps = { graph, facts, log, now: Date.now, onProgress: () => undefined, limits: verify };
  const projectors = startProjectors(
    {
      graph,
      facts,
      log,
      owner: 'this-test',
      onBatch: () => undefined,
      onRoots: () => undefined,
      onLetters: () => undefined,
      onFault: (name, fault) => console.error(name, fault),
    },
    { ...project, mirrorIdleMs: 20 },
  );
  const tally = startTally(
    { facts, log, rules: scoreValues, owner: 'this-test', onBatch: () => undefined, onFault: console.error },
    { ...tallySettings, idleMs: 20 },
  );
  const stopProjecting = async () => void (await Promise.all([projectors.stop(), tally.stop()]));
  return {
    graph,
    facts,
    log,
    variables: { ...process.env, CLICKHOUSE_DATABASE: database, REDIS_PREFIX: prefix },
    deps,
    accept: async (events) => void (await acceptInto(log, events)),
    settle: async () => {
      await waitUntilQuiet(deps, 120_000);
      await until(async () => (await log.readProgress()).tallySeq === (await log.lastSeq()));
    },
    stopProjecting,
    close: async () => {
      await stopProjecting();
      log.close();
      await facts.close();
      await graph.close();
    },
  };
}
