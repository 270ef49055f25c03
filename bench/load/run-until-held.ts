import type { LoadPlan, LoadResult } from './load-plan.ts';
import type { WholeService } from './open-whole-service.ts';
import { runLoad } from './run-load.ts';

export const crowd = { people: 100_000, posts: 5000 };

/** As much as a process of clients can send. */
export const allOfIt = { ...crowd, everyMs: 0, lines: 6, templates: 200, eventsPerBody: 1000, seed: 1 };

export type HeldRun = { sent: LoadResult; heldAtMs: number; perSecond: number };

/** From the first event that is sent until everything that was accepted is held. */
export async function runUntilHeld(service: Pick<WholeService, 'waitUntilHeld'>, plan: LoadPlan): Promise<HeldRun> {
  const sent = await runLoad(plan);
  await service.waitUntilHeld();
  const heldAtMs = Date.now();
  return { sent, heldAtMs, perSecond: rateOf(sent, heldAtMs) };
}

export function rateOf({ accepted, startedAtMs }: LoadResult, endedAtMs: number): number {
  return accepted / ((endedAtMs - startedAtMs) / 1000);
}
