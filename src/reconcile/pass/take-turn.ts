import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { PreparedRanges } from '../../log/projector/prepared-range.ts';

/** How far the counting and the sweeping have come; kept in the log's Redis, so that a restart goes on from there. */
const placeShape = z.object({
  bucket: z.number(),
  sweep: z.object({
    runId: z.string(),
    startedAtMs: z.number(),
    after: z.string(),
    lookedAt: z.number(),
    differing: z.number(),
    repaired: z.number(),
    affected: z.number(),
  }),
});

export type Place = z.output<typeof placeShape>;

type Deps = { projectors: PreparedRanges };

const lookAgainMs = 250;

/**
 * Only one run works at a time, in whatever process, because what one repairs another would find half done. Null when
 * another is at work; then what was due is done the next time.
 */
export async function takeTurn(
  { projectors }: Deps,
  leaseMs: number,
  now: () => number,
  work: (place: Place) => Promise<Place>,
): Promise<boolean> {
  const lease = await projectors.claim('reconcile', randomUUID(), leaseMs);
  if (lease === null) return false;
  const renewal = setInterval(() => void projectors.renew(lease, leaseMs).catch(() => undefined), leaseMs / 3);
  try {
    const { position } = await projectors.readState('reconcile');
    const place = await work(readPlace(position, now()));
    await projectors.commit(lease, JSON.stringify(place));
    return true;
  } finally {
    clearInterval(renewal);
    await projectors.release(lease).catch(() => undefined);
  }
}

/** The same for somebody who waits until it is his turn, and leaves the place as it is. */
export async function waitForTurn<T>(deps: Deps, leaseMs: number, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const done: T[] = [];
    const taken = await takeTurn(deps, leaseMs, Date.now, async (place) => {
      done.push(await work());
      return place;
    });
    const [result] = done;
    if (taken && result !== undefined) return result;
    await delay(lookAgainMs);
  }
}

export function newSweep(startedAtMs: number): Place['sweep'] {
  return { runId: randomUUID(), startedAtMs, after: '', lookedAt: 0, differing: 0, repaired: 0, affected: 0 };
}

function readPlace(text: string, nowMs: number): Place {
  const beginning = { bucket: 0, sweep: newSweep(nowMs) };
  if (!text.startsWith('{')) return beginning;
  const parsed = placeShape.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : beginning;
}
