import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

const runRow = z.object({
  runId: z.string(),
  level: z.string(),
  dryRun: z.boolean(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  lookedAt: z.number(),
  differing: z.number(),
  repaired: z.number(),
  stopped: z.string(),
  total: z.number(),
});
const repairRow = z.object({
  runId: z.string(),
  repairedAtMs: z.number(),
  dryRun: z.boolean(),
  kind: z.string(),
  target: z.string(),
  source: z.string(),
  subject: z.string(),
  detail: z.string(),
  graphBefore: z.string(),
  factsBefore: z.string(),
  graphAfter: z.string(),
  factsAfter: z.string(),
  key: z.string(),
  total: z.number(),
});

export const listRunsStatement = statement('clickhouse/reconcile/list-runs.sql', {
  params: z.object({ beforeMs: z.number(), beforeRunId: z.string(), limit: z.number() }),
  row: runRow,
});
export const listRepairsStatement = statement('clickhouse/reconcile/list-repairs.sql', {
  params: z.object({ runId: z.string(), beforeMs: z.number(), beforeKey: z.string(), limit: z.number() }),
  row: repairRow,
});

type Deps = { facts: Pick<Facts, 'select'> };

/** The latest time there is, for a list that begins at its beginning. */
export const latestMs = 32_503_680_000_000;

export async function listRuns({ facts }: Deps, after: { beforeMs: number; beforeRunId: string; limit: number }) {
  return facts.select(listRunsStatement, after);
}

export async function listRepairs(
  { facts }: Deps,
  after: { runId: string; beforeMs: number; beforeKey: string; limit: number },
) {
  return facts.select(listRepairsStatement, after);
}
