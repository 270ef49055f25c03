import { z } from 'zod';
import { statement } from '../../../query/statement.ts';

const none = z.object({});
const reacted = z.object({ toSeq: z.number(), wholeFromMs: z.number() });
const month = z.object({ month: z.number() });
const compared = z.object({ kept: z.string(), counted: z.string() });
const digested = z.object({ digest: z.string() });

export const fillReactionsStatement = statement('clickhouse/project/tally/recount/fill-reactions.sql', {
  params: reacted,
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
export const digestExclusionsStatement = statement('clickhouse/project/tally/recount/digest-exclusions.sql', {
  params: none,
  row: digested,
});
export const digestQuartersStatement = statement('clickhouse/project/tally/recount/digest-quarters.sql', {
  params: month,
  row: digested,
});
export const digestDaysStatement = statement('clickhouse/project/tally/recount/digest-days.sql', {
  params: month,
  row: digested,
});
export const digestExcludedStatement = statement('clickhouse/project/tally/recount/digest-excluded.sql', {
  params: month,
  row: digested,
});
export const listMonthsStatement = statement('clickhouse/project/tally/recount/list-months.sql', {
  params: none,
  row: z.object({ month: z.number(), facts: z.number() }),
});
