import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from './check.ts';
import { hasMoved, readPositions } from './read-positions.ts';
import type { VerifyDeps } from './verify-deps.ts';

/** Rows of one insert reach a table and what is fed by it one after the other: while the stores move a difference counts when it lasts. */
export async function lookAgain(deps: VerifyDeps, look: () => Promise<Check[]>): Promise<Check[]> {
  const { limits } = deps;
  const before = await readPositions(deps);
  let checks = await look();
  for (let round = 1; round < limits.looks && checks.some((check) => !check.ok); round += 1) {
    if (!hasMoved(before, await readPositions(deps))) break;
    await delay(limits.lookAgainMs);
    const next = await look();
    checks = checks.map((check, place) => (check.ok ? check : (next[place] ?? check)));
  }
  return checks;
}
