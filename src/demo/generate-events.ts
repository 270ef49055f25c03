import { seededRandom } from './chance/random.ts';
import { delaySome } from './delay-some.ts';
import type { DemoEvent } from './demo-event.ts';
import { plantBurst } from './stories/plant-burst.ts';
import { plantOrganic } from './stories/plant-organic.ts';
import { plantRumour } from './stories/plant-rumour.ts';
import { simulate } from './world/simulate.ts';
import { createWorld } from './world/world.ts';

export const defaultEvents = 50_000;

export type GenerateOptions = {
  readonly seed: number;
  readonly endAtMs: number;
  /** How many events, exactly. The stories need about a thousand to be told to their ends. */
  readonly events?: number;
  /** Put in front of every id, so that two runs can live in the same stores. */
  readonly prefix?: string;
};

/**
 * A month of a social platform that ends at `endAtMs`: people register, follow, look at a feed, post and share, and three
 * stories happen among them. The same options give the same events, byte for byte, and memory does not grow with their number.
 */
export function* generateEvents(options: GenerateOptions): Generator<DemoEvent> {
  const { seed, endAtMs, events = defaultEvents, prefix = '' } = options;
  const world = createWorld({ seed, events, endAtMs, prefix });
  plantRumour(world);
  plantOrganic(world);
  plantBurst(world);
  yield* delaySome(simulate(world), seededRandom(seed + 1));
}
