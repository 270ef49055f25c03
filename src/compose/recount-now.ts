import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { scoreValues } from '../engagement/score-params.ts';
import { type Recounted, type RecountLimits, recountTally } from '../project/tally/recount/recount-tally.ts';
import { startTally } from '../project/tally/start-tally.ts';
import type { Stores } from './open-stores.ts';

type Parts = { config: Config; stores: Stores; say: (line: string) => void };

const catchUpMs = 600_000;
const lookAgainMs = 1000;

export function recountLimits({ tally, retention }: Config): RecountLimits {
  return { ...tally.recount, quarterDays: retention.quarterDays };
}

/** The tally runs here too, because the service may not: it has one owner, so beside a running service this one waits. */
export async function recountNow(
  { config, stores, say }: Parts,
  asked: { dryRun: boolean; newest?: number },
): Promise<Recounted[]> {
  const { facts, log } = stores;
  const onFault = (name: string, fault: unknown) =>
    say(`${name}: ${fault instanceof Error ? fault.message : String(fault)}`);
  const deps = { facts, log, rules: scoreValues, now: Date.now };
  const tally = startTally({ ...deps, owner: randomUUID(), onBatch: () => undefined, onFault }, config.tally);
  try {
    await catchUp(stores, say);
    return await recountTally(deps, asked, recountLimits(config));
  } finally {
    await tally.stop();
  }
}

async function catchUp({ log }: Stores, say: (line: string) => void): Promise<void> {
  const deadlineMs = Date.now() + catchUpMs;
  for (;;) {
    const { factsSeq, tallySeq } = await log.readProgress();
    if (tallySeq >= factsSeq) return;
    if (Date.now() > deadlineMs) throw new Error(`the tally stands at ${tallySeq} of ${factsSeq}`);
    say(`counting: ${tallySeq} of ${factsSeq}`);
    await delay(lookAgainMs);
  }
}
