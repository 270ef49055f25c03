import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { type DeadLetter, letterRow, parseLetterId } from './dead-letter.ts';

export const findLetterStatement = statement('clickhouse/project/letters/find-letter.sql', {
  params: z.object({ stage: z.string(), seq: z.number() }),
  row: letterRow,
});

type Deps = { facts: Pick<Facts, 'select'> };

/** Null for an id that no letter has. */
export async function findLetter({ facts }: Deps, id: string): Promise<DeadLetter | null> {
  const place = parseLetterId(id);
  if (place === null) return null;
  const [letter] = await facts.select(findLetterStatement, place);
  return letter ?? null;
}
