import type { Name } from './check-names.ts';
import type { FilledStores } from './filled-stores.ts';

/** A damage by hand, the checks that find it, and what the first of them names. */
export type Damage = {
  what: string;
  hurt: (stores: FilledStores) => Promise<() => Promise<void>>;
  finds: [Name, ...Name[]];
  names: string;
};
