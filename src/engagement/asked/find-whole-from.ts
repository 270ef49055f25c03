import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const findWholeFromStatement = statement('clickhouse/engagement/find-whole-from.sql', {
  params: z.object({}),
  row: z.object({ wholeFromMs: z.number() }),
});

/** From when on no event has expired, by the events' own times; 0 where none ever has. Asked anew after `maxAgeMs`. */
export type WholeFrom = () => Promise<number>;

type Deps = { facts: Pick<Facts, 'select'>; now: () => number };

/** Events expire by whole days, so what was known a minute ago is still good. */
export function openWholeFrom({ facts, now }: Deps, { maxAgeMs }: { maxAgeMs: number }): WholeFrom {
  let known = { atMs: Number.NEGATIVE_INFINITY, wholeFromMs: 0 };
  return async () => {
    if (now() - known.atMs >= maxAgeMs) {
      const [row] = await facts.select(findWholeFromStatement, {});
      known = { atMs: now(), wholeFromMs: row?.wholeFromMs ?? 0 };
    }
    return known.wholeFromMs;
  };
}
