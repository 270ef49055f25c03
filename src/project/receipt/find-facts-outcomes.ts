import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

const range = z.object({ firstSeq: z.number(), lastSeq: z.number() });

export const countFactsStatement = statement('clickhouse/project/count-facts.sql', {
  params: range,
  row: z.object({ held: z.number() }),
});

export const findOutcomesStatement = statement('clickhouse/project/find-outcomes.sql', {
  params: range,
  row: z.object({
    seq: z.number(),
    eventId: z.string(),
    status: z.enum(['lateDuplicate', 'lateConflict']),
    code: z.string(),
  }),
});

export const findWaitingLettersStatement = statement('clickhouse/project/letters/find-waiting-letters.sql', {
  params: range,
  row: z.object({ seq: z.number(), eventId: z.string(), code: z.string() }),
});

export const findFactStatement = statement('clickhouse/project/find-fact.sql', {
  params: z.object({ eventId: z.string() }),
  row: z.object({ seq: z.number(), acceptedAtMs: z.number() }),
});

type Outcome = {
  seq: number;
  eventId: string;
  status: 'lateDuplicate' | 'lateConflict' | 'deadLettered';
  code: string;
};

export type FactsOutcomes = { held: number; outcomes: Outcome[] };

type Deps = { facts: Pick<Facts, 'select'> };

/** What became of one request's items in the facts, and which of them wait as dead letters of either store. */
export async function findFactsOutcomes(
  { facts }: Deps,
  { firstSeq, count }: { firstSeq: number; count: number },
): Promise<FactsOutcomes> {
  const params = { firstSeq, lastSeq: firstSeq + count - 1 };
  const [[counted], late, waiting] = await Promise.all([
    facts.select(countFactsStatement, params),
    facts.select(findOutcomesStatement, params),
    facts.select(findWaitingLettersStatement, params),
  ]);
  const dead = waiting.map((letter) => ({ ...letter, status: 'deadLettered' as const }));
  return { held: counted?.held ?? 0, outcomes: [...late, ...dead] };
}

export async function findFact(
  { facts }: Deps,
  eventId: string,
): Promise<{ seq: number; acceptedAtMs: number } | null> {
  const [fact] = await facts.select(findFactStatement, { eventId });
  return fact ?? null;
}
