import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { PreparedRanges } from '../../log/projector/prepared-range.ts';
import type { Begun, ExpiryDeps } from './expire-events.ts';

const begunShape = z.object({ partition: z.string(), token: z.string() }).nullable();
const name = 'expiry';
const lookAgainMs = 250;

/** Keeps what was begun with the log, for as long as nobody else has taken over. */
export async function withBegun<T>(
  { projectors }: { projectors: PreparedRanges },
  leaseMs: number,
  work: (unfinished: ExpiryDeps['unfinished']) => Promise<T>,
): Promise<T> {
  const owner = randomUUID();
  let lease = await projectors.claim(name, owner, leaseMs);
  // The lease of one that was killed ends by itself.
  for (; lease === null; lease = await projectors.claim(name, owner, leaseMs)) await delay(lookAgainMs);
  const held = lease;
  const renewal = setInterval(() => void projectors.renew(held, leaseMs).catch(() => undefined), leaseMs / 3);
  try {
    return await work({
      read: async () => readBegun((await projectors.readState(name)).position),
      write: async (begun) => {
        if ((await projectors.commit(held, JSON.stringify(begun))) === 'fenced')
          throw new Error('another process lets events expire');
      },
    });
  } finally {
    clearInterval(renewal);
    await projectors.release(held).catch(() => undefined);
  }
}

/** Before anything was begun the position is that of a projector. */
function readBegun(position: string): Begun | null {
  return position.startsWith('{') ? begunShape.parse(JSON.parse(position)) : null;
}
