import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import {
  type DeadLetter,
  type LetterStage,
  type LetterState,
  letterId,
  letterRow,
  parseLetterId,
} from './dead-letter.ts';

export const listLettersStatement = statement('clickhouse/project/letters/list-letters.sql', {
  params: z.object({
    states: z.array(z.string()),
    stage: z.string().nullable(),
    code: z.string().nullable(),
    sinceMs: z.number().nullable(),
    untilMs: z.number().nullable(),
    afterSeq: z.number(),
    afterStage: z.string(),
    limit: z.number(),
  }),
  row: letterRow,
});
export const countLettersStatement = statement('clickhouse/project/letters/count-letters.sql', {
  params: z.object({ states: z.array(z.string()), stage: z.string().nullable() }),
  row: z.object({ total: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'> };

export type LetterFilter = {
  states: readonly LetterState[];
  stage?: LetterStage | undefined;
  code?: string | undefined;
  /** Accepted from then on, and before then. */
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
};

/** Letters in accept order behind the one with the id `after`, or from the first. */
export async function listLetters(
  { facts }: Deps,
  filter: LetterFilter,
  after: string | null,
  limit: number,
): Promise<DeadLetter[]> {
  const place = after === null ? null : parseLetterId(after);
  if (after !== null && place === null) throw new Error(`${after} is not the id of a dead letter`);
  return facts.select(listLettersStatement, {
    states: [...filter.states],
    stage: filter.stage ?? null,
    code: filter.code ?? null,
    sinceMs: filter.sinceMs ?? null,
    untilMs: filter.untilMs ?? null,
    afterSeq: place?.seq ?? 0,
    afterStage: place?.stage ?? '',
    limit,
  });
}

export type LetterPage = { letters: DeadLetter[]; next: string | undefined; total: number };

export async function readLetterPage(
  { facts }: Deps,
  filter: Pick<LetterFilter, 'states' | 'stage'>,
  after: string | null,
  limit: number,
): Promise<LetterPage> {
  const [found, [counted]] = await Promise.all([
    // One more than asked for tells whether there is another page.
    listLetters({ facts }, filter, after, limit + 1),
    facts.select(countLettersStatement, { states: [...filter.states], stage: filter.stage ?? null }),
  ]);
  const letters = found.slice(0, limit);
  const last = letters.at(-1);
  const next = found.length > limit && last !== undefined ? letterId(last) : undefined;
  return { letters, next, total: Math.max(counted?.total ?? 0, letters.length) };
}
