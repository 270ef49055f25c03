import { printTail } from '../chance/print-tail.ts';
import { mix32 } from '../chance/random.ts';
import type { DemoBody, DemoMetadata, TimedEvent } from '../demo-event.ts';
import type { Account } from '../people/describe-account.ts';
import type { World } from './world.ts';

export type Writer = { readonly account: Account; readonly atMs: number; readonly metadata?: DemoMetadata };

const sessionMs = 2 * 3_600_000;

/** Numbers in an order nobody can guess, without repeats: what ids look like in the wild. */
function scatter(world: World, count: number): string {
  return printTail(mix32(count + Math.imul(world.seed, 0x85ebca6b)));
}

export function nextPostId(world: World): string {
  world.posts += 1;
  return `${world.prefix}p_${scatter(world, world.posts)}`;
}

/**
 * Puts an event into its envelope. There is no `sentAt`: these events are weeks old when they are posted, and the server
 * would take the gap for a wrong clock and move them all to today.
 */
export function writeEvent(world: World, { account, atMs, metadata }: Writer, body: DemoBody): TimedEvent {
  world.written += 1;
  const wholeMs = Math.floor(atMs);
  const session = Math.floor(wholeMs / sessionMs);
  const event = {
    eventId: `${world.prefix}evt_${wholeMs}_${scatter(world, world.written)}`,
    ...body,
    userId: account.userId,
    sessionId: `${account.userId}_s_${session}`,
    timestamp: world.printTime(wholeMs),
    metadata: metadata ?? account.metadata,
  };
  return { atMs: wholeMs, event };
}
