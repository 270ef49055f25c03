import type { History } from '../load/history.ts';
import type { AskStores, Names } from './ask-stores.ts';
import { checkFacts } from './check-facts.ts';
import { checkGraph } from './check-graph.ts';
import { checkLedger } from './check-ledger.ts';
import { checkLineage } from './check-lineage.ts';
import { checkRollups } from './check-rollups.ts';
import { type Model, makeModel } from './model.ts';

export type Verdict = {
  faults: string[];
  acked: number;
  stored: number;
  lost: number;
  doubled: number;
  invented: number;
  late: number;
  unbalancedMinutes: number;
  posts: number;
  model: Model;
};

/** The invariants I1-I9 over everything that was ever sent, from the senders' history alone; the stores must be quiet. */
export async function judge(ask: AskStores, names: Names, history: History): Promise<Verdict> {
  const lastSeq = Number((await ask.redis.get(`${names.prefix}:seq`)) ?? 0);
  const facts = await checkFacts(ask, history, lastSeq);
  const model = makeModel(facts.accepted);
  const graph = await checkGraph(ask, model);
  const lineage = await checkLineage(ask, model);
  const rollups = await checkRollups(ask);
  const ledger = await checkLedger(ask, names, { history, facts, lastSeq });
  const faults = [...facts.faults, ...graph.faults, ...lineage, ...rollups, ...ledger.faults];
  const { stored, lost, doubled, invented, late } = facts;
  const counts = { acked: countAcked(history), stored, lost, doubled, invented, late };
  return { faults, ...counts, unbalancedMinutes: ledger.unbalancedMinutes, posts: graph.posts, model };
}

function countAcked({ variants }: History): number {
  let acked = 0;
  for (const ofId of variants.values()) if (ofId.some((variant) => variant.acked)) acked += 1;
  return acked;
}

export function describeFaults(faults: readonly string[], most = 20): string {
  const shown = faults.slice(0, most).join('\n');
  return faults.length > most ? `${shown}\n... and ${faults.length - most} more` : shown;
}
