import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { statement } from '../query/statement.ts';
import type { MinuteRange } from './find-door-counts.ts';

const range = z.object({ fromMs: z.number(), toMs: z.number() });
const rangeUpTo = range.extend({ factsSeq: z.number(), bothSeq: z.number() });
const reached = { atFacts: z.number(), atBoth: z.number() };

export const countEventsStatement = statement('clickhouse/ledger/count-events.sql', {
  params: rangeUpTo,
  row: z.object({ minuteMs: z.number(), ...reached }),
});
export const countOutcomesStatement = statement('clickhouse/ledger/count-outcomes.sql', {
  params: rangeUpTo,
  row: z.object({ minuteMs: z.number(), status: z.string(), ...reached }),
});
export const findWaitingLettersStatement = statement('clickhouse/ledger/find-waiting-letters.sql', {
  params: range,
  row: z.object({ minuteMs: z.number(), stage: z.string(), seq: z.number() }),
});

/** Counted up to where the facts are, and up to where both stores are. */
export type Reached = { atFacts: number; atBoth: number };

export type Letter = z.output<typeof findWaitingLettersStatement.row>;

export type FactsCounts = {
  events: Map<number, Reached>;
  lateDuplicates: Map<number, Reached>;
  lateConflicts: Map<number, Reached>;
  expired: Map<number, Reached>;
  letters: Letter[];
};

type Deps = { facts: Pick<Facts, 'select'> };

export async function findFactsCounts(
  { facts }: Deps,
  { fromMs, toMs }: MinuteRange,
  upTo: { factsSeq: number; bothSeq: number },
): Promise<FactsCounts> {
  const [events, outcomes, letters] = await Promise.all([
    facts.select(countEventsStatement, { fromMs, toMs, ...upTo }),
    facts.select(countOutcomesStatement, { fromMs, toMs, ...upTo }),
    facts.select(findWaitingLettersStatement, { fromMs, toMs }),
  ]);
  const ofStatus = (status: string) => byMinute(outcomes.filter((outcome) => outcome.status === status));
  return {
    events: byMinute(events),
    lateDuplicates: ofStatus('lateDuplicate'),
    lateConflicts: ofStatus('lateConflict'),
    expired: ofStatus('expired'),
    letters,
  };
}

function byMinute(rows: ReadonlyArray<{ minuteMs: number } & Reached>): Map<number, Reached> {
  return new Map(rows.map(({ minuteMs, atFacts, atBoth }) => [minuteMs, { atFacts, atBoth }]));
}
