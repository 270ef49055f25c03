import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { statement } from '../query/statement.ts';

export const findUnreconciledStatement = statement('clickhouse/reconcile/find-unreconciled.sql', {
  params: z.object({ beforeMs: z.number(), afterRootId: z.string(), limit: z.number() }),
  row: z.object({ rootId: z.string(), posts: z.number() }),
});

export type SweepDeps = {
  facts: Pick<Facts, 'select'>;
  now: () => number;
  /** Asks for the cascades' own jobs; one that still waits or runs stays as it is. */
  askForJobs: (rootIds: string[]) => Promise<void>;
  reconcileRoots: (rootIds: string[]) => Promise<unknown>;
};

export type SweepLimits = { restMs: number; rootsAtOnce: number; maxRounds: number };

/**
 * Goes through what is due, some cascades at a time, and says how many. Cascades that have shares get their job again;
 * a post that nobody shared never had one, and a job for each of millions would cost more than comparing them here.
 */
export async function sweepRoots(deps: SweepDeps, { restMs, rootsAtOnce, maxRounds }: SweepLimits): Promise<number> {
  const beforeMs = deps.now() - restMs;
  let afterRootId = '';
  let swept = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    const due = await deps.facts.select(findUnreconciledStatement, { beforeMs, afterRootId, limit: rootsAtOnce });
    await deps.askForJobs(due.filter(({ posts }) => posts > 1).map(({ rootId }) => rootId));
    await deps.reconcileRoots(due.filter(({ posts }) => posts <= 1).map(({ rootId }) => rootId));
    swept += due.length;
    const last = due.at(-1);
    if (last === undefined || due.length < rootsAtOnce) break;
    afterRootId = last.rootId;
  }
  return swept;
}
