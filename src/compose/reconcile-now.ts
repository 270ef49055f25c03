import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { openRepairs } from '../project/open-repairs.ts';
import { startProjectors } from '../project/start-projectors.ts';
import type { PassDeps } from '../reconcile/pass/run-context.ts';
import { type Level, runPass } from '../reconcile/pass/run-pass.ts';
import { waitForTurn } from '../reconcile/pass/take-turn.ts';
import { allAgree, type Report } from '../reconcile/runs/report.ts';
import type { Stores } from './open-stores.ts';

type Parts = { config: Config; stores: Stores; say: (line: string) => void };
type Asked = { level: Level; dryRun: boolean; rootId: string | undefined };

const catchUpMs = 60_000;
const lookAgainMs = 100;

/**
 * A pass over everything, or over one cascade, and after repairs a second look at what they left. The projectors run here
 * too, because the service may not: each has one owner, so beside a running service these only wait.
 */
export async function reconcileNow({ config, stores, say }: Parts, { level, dryRun, rootId }: Asked) {
  const projectors = startProjectors(
    {
      ...stores,
      owner: randomUUID(),
      onBatch: () => undefined,
      onRoots: () => undefined,
      onLetters: () => undefined,
      onFault: (name, fault) => say(`${name}: ${fault instanceof Error ? fault.message : String(fault)}`),
    },
    config.project,
  );
  try {
    await catchUp(stores);
    const deps = passDeps({ config, stores });
    const { pass: limits } = config.reconcile;
    return await waitForTurn(stores.log, limits.leaseMs, async () => {
      const look = (dry: boolean): Promise<Report> => runPass(deps, { level, dryRun: dry, rootId }, limits);
      const run = await look(dryRun);
      const after = dryRun || run.differing === 0 ? run : await look(true);
      return { run, after, agrees: allAgree(after) };
    });
  } finally {
    await projectors.stop();
  }
}

export function passDeps({ config, stores }: Pick<Parts, 'config' | 'stores'>): PassDeps {
  const repairs = openRepairs(stores, config.reconcile.repair);
  return { ...stores, repairs, now: Date.now, onDisagreement: () => undefined };
}

/** What was accepted before is in both stores before they are compared, if they can take it in this time. */
async function catchUp({ log }: Stores): Promise<void> {
  const lastSeq = await log.lastSeq();
  const deadlineMs = Date.now() + catchUpMs;
  for (;;) {
    const { graphSeq, factsSeq, graphLinkSeq, lineageLinkSeq } = await log.readProgress();
    if (graphSeq >= lastSeq && factsSeq >= lastSeq && lineageLinkSeq >= graphLinkSeq) return;
    if (Date.now() > deadlineMs) return;
    await delay(lookAgainMs);
  }
}
