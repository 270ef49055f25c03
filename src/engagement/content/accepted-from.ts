const furthestAheadMs = 10 * 60_000;

/** Nothing of `fromMs` or later was accepted before then: an event is at most ten minutes ahead of the server's clock. */
export function acceptedFrom(fromMs: number): number {
  return Math.min(Math.max(0, fromMs - furthestAheadMs), latestAcceptedMs);
}

// Further than any acceptance, and still a time that the engine can hold.
const latestAcceptedMs = Date.UTC(2200, 0, 1);
