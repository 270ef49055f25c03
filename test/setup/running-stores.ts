import type { Endpoints } from '../../src/local/endpoints.ts';

export type RunningStores = { endpoints: Partial<Endpoints>; stop(): Promise<void> };

// Jest loads the set-up and the tear-down into one process, outside the tests, so they share this.
const held: { stores?: RunningStores } = {};

export function holdStores(stores: RunningStores): void {
  held.stores = stores;
}

export function heldStores(): RunningStores | undefined {
  return held.stores;
}
