import { z } from 'zod';
import type { Facts } from '../../../src/facts/facts.ts';
import type { Log } from '../../../src/log/open-log.ts';
import { openClaim } from '../../../src/project/claim.ts';
import { beginFactsTurn } from '../../../src/project/facts/run-facts-projector.ts';

export const factsLimits = {
  maxEntries: 100,
  blockMs: 0,
  maxItems: 25,
  gatherItems: 0,
  maxRefused: 1000,
  smallRange: 100,
  settleLetters: 100,
};

/** Projects as one owner until the log is read. */
export async function projectFacts(
  { facts, log }: { facts: Facts; log: Log },
  { owner = 'this-test', limits = factsLimits } = {},
): Promise<number> {
  const lease = await log.projectors.claim('facts', owner, 60_000);
  if (lease === null) throw new Error('the lease is held by another');
  try {
    const claim = await openClaim(log, lease);
    let letters = 0;
    const onLetters = (died: number) => {
      letters += died;
    };
    const turn = await beginFactsTurn(
      { facts, log, onLetters, onBatch: () => undefined, now: Date.now },
      claim,
      limits,
    );
    const lastId = await log.lastId();
    while (claim.position !== lastId) await turn.step();
    return letters;
  } finally {
    await log.projectors.release(lease);
  }
}

export const recountFacts = {
  path: 'a recount of the facts and of what is fed by them',
  text: `SELECT (SELECT count() FROM events) AS events, (SELECT uniqExact(event_id) FROM events) AS ids,
    (SELECT uniqExact(accept_seq) FROM events) AS numbers,
    (SELECT count() FROM event_ids) AS indexed, (SELECT count() FROM shares) AS shares,
    (SELECT count() FROM outcomes) AS outcomes,
    (SELECT count() FROM dead_letters FINAL WHERE state = 'waiting') AS waiting,
    (SELECT count() FROM dead_letters FINAL WHERE state = 'replayed') AS replayed`,
  params: z.object({}),
  row: z.object({
    events: z.number(),
    ids: z.number(),
    numbers: z.number(),
    indexed: z.number(),
    shares: z.number(),
    outcomes: z.number(),
    waiting: z.number(),
    replayed: z.number(),
  }),
};

/** A share whose id says whether the store is to refuse it. */
export function shareEvent(id: string, postId = 'p'): Record<string, unknown> {
  return {
    eventId: id,
    eventName: 'post_share',
    userId: 'ada',
    timestamp: Date.now() - 1000,
    data: { postId, shareId: `s-${id}` },
  };
}

export const refusePoison = "ALTER TABLE events ADD CONSTRAINT no_poison CHECK event_id NOT LIKE 'poison%'";
export const mendPoison = 'ALTER TABLE events DROP CONSTRAINT no_poison';
