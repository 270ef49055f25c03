import { z } from 'zod';
import { statement } from '../../../query/statement.ts';

const none = z.object({});
const upTo = z.object({ toSeq: z.number() });
const reacted = z.object({ toSeq: z.number(), wholeFromMs: z.number() });
const month = z.object({ month: z.number() });
const compared = z.object({ kept: z.string(), counted: z.string() });

export const fillReactionsStatement = statement('clickhouse/project/tally/recount/fill-reactions.sql', {
  params: reacted,
  row: none,
});
export const fillExclusionsStatement = statement('clickhouse/project/tally/recount/fill-exclusions.sql', {
  params: upTo,
  row: none,
});
export const fillDaysStatement = statement('clickhouse/project/tally/recount/fill-days.sql', {
  params: z.object({
    toSeq: z.number(),
    fromMs: z.number(),
    toMs: z.number(),
    parts: z.number(),
    part: z.number(),
    viewFromMs: z.number(),
    bonusAbove: z.number(),
  }),
  row: none,
});
export const compareReactionsStatement = statement('clickhouse/project/tally/recount/compare-reactions.sql', {
  params: reacted,
  row: compared,
});
export const compareExclusionsStatement = statement('clickhouse/project/tally/recount/compare-exclusions.sql', {
  params: upTo,
  row: compared,
});
export const compareQuartersStatement = statement('clickhouse/project/tally/recount/compare-quarters.sql', {
  params: month,
  row: compared,
});
export const compareDaysStatement = statement('clickhouse/project/tally/recount/compare-days.sql', {
  params: month,
  row: compared,
});
export const compareExcludedStatement = statement('clickhouse/project/tally/recount/compare-excluded.sql', {
  params: month,
  row: compared,
});
export const listMonthsStatement = statement('clickhouse/project/tally/recount/list-months.sql', {
  params: none,
  row: z.object({ month: z.number(), facts: z.number() }),
});

export const findWholeFromStatement = statement('clickhouse/project/tally/recount/find-whole-from.sql', {
  params: none,
  row: z.object({ wholeFromMs: z.number() }),
});

/** What the tally remembers of accounts and their reactions; the counts are made of it. */
export const memories = [
  { table: 'reactions', fill: fillReactionsStatement, compare: compareReactionsStatement },
  { table: 'exclusions', fill: fillExclusionsStatement, compare: compareExclusionsStatement },
] as const;
