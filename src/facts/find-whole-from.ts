import { z } from 'zod';
import { statement } from '../query/statement.ts';
import type { Facts } from './facts.ts';

export const findWholeFromStatement = statement('clickhouse/facts/find-whole-from.sql', {
  params: z.object({}),
  row: z.object({ wholeFromMs: z.number() }),
});

/** From when on no event has expired, by the events' own times; 0 where none ever has. */
export async function findWholeFrom(facts: Pick<Facts, 'select'>): Promise<number> {
  const [row] = await facts.select(findWholeFromStatement, {});
  return row?.wholeFromMs ?? 0;
}
