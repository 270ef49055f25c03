import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { letterRow } from './dead-letter.ts';
import { replayFactsLetter } from './replay-facts-letter.ts';

export const findSettledLettersStatement = statement('clickhouse/project/letters/find-settled-letters.sql', {
  params: z.object({ limit: z.number() }),
  row: letterRow,
});

type Deps = { facts: Pick<Facts, 'select' | 'insert'>; now: () => number };

// A letter whose view still fails must not hold up the others, nor a store that is down be asked again and again.
const maxFaults = 3;

/** Ends the replays that a crash interrupted after the row was in: marks their letters, and says how many. */
export async function settleFactsLetters(deps: Deps, limit: number): Promise<number> {
  const letters = await deps.facts.select(findSettledLettersStatement, { limit });
  let settled = 0;
  let faults = 0;
  for (const letter of letters) {
    const isSettled = await replayFactsLetter(deps, letter).then(
      () => true,
      () => false,
    );
    if (isSettled) settled += 1;
    else faults += 1;
    if (faults >= maxFaults) break;
  }
  return settled;
}
