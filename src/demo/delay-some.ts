import { chance, logNormal } from './chance/draw.ts';
import type { Random } from './chance/random.ts';
import type { DemoEvent, TimedEvent } from './demo-event.ts';
import { createTimeQueue } from './world/time-queue.ts';

const lateShare = 0.04;
const latestMs = 3 * 3_600_000;

/**
 * Phones lose their network: a few events arrive minutes or hours after they happened, so that some shares come before
 * the posts they were shared from. None is lost, none comes twice.
 */
export function* delaySome(events: Iterable<TimedEvent>, random: Random): Generator<DemoEvent> {
  const late = createTimeQueue<DemoEvent>();
  for (const { atMs, event } of events) {
    while (late.nextAtMs() <= atMs) {
      const arrived = late.pop();
      if (arrived !== undefined) yield arrived;
    }
    if (chance(random, lateShare)) late.push(atMs + Math.min(latestMs, logNormal(random, 12 * 60_000, 1)), event);
    else yield event;
  }
  for (let arrived = late.pop(); arrived !== undefined; arrived = late.pop()) yield arrived;
}
