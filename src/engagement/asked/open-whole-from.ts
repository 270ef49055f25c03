import type { Facts } from '../../facts/facts.ts';
import { findWholeFrom } from '../../facts/find-whole-from.ts';

/** From when on no event has expired, by the events' own times; 0 where none ever has. Asked anew after `maxAgeMs`. */
export type WholeFrom = () => Promise<number>;

type Deps = { facts: Pick<Facts, 'select'>; now: () => number };

/** Events expire by whole days, so what was known a minute ago is still good. */
export function openWholeFrom({ facts, now }: Deps, { maxAgeMs }: { maxAgeMs: number }): WholeFrom {
  let known = { atMs: Number.NEGATIVE_INFINITY, wholeFromMs: 0 };
  return async () => {
    if (now() - known.atMs >= maxAgeMs) known = { atMs: now(), wholeFromMs: await findWholeFrom(facts) };
    return known.wholeFromMs;
  };
}
