import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

const count = z.number().int().nonnegative();
const seconds = z.number().nonnegative().nullable();

/** What flags and actions are counted by. */
export const moderationBy = z.enum(['reason', 'action', 'policy']);

/** The numbers of one value, and of all. */
export const moderationNumbers = {
  flags: count,
  actions: count,
  posts: count,
  people: count,
  reporters: count,
  cases: count,
  open: count,
  meanTimeToActionSeconds: seconds,
  medianTimeToActionSeconds: seconds,
};

export const countModerationStatement = statement('clickhouse/engagement/safety/count-moderation.sql', {
  params: z.object({
    by: z.enum([...moderationBy.options, 'all']),
    fromMs: z.number().int(),
    toMs: z.number().int(),
    afterEvents: z.number().int().nonnegative(),
    afterValue: z.string(),
    limit: z.number().int().positive(),
  }),
  row: z.object({ value: z.string(), ...moderationNumbers, total: count }),
});

export type CountedModeration = z.output<typeof countModerationStatement.row>;

export async function countModeration(
  { facts }: { facts: Pick<Facts, 'select'> },
  search: z.input<typeof countModerationStatement.params>,
): Promise<CountedModeration[]> {
  return facts.select(countModerationStatement, search);
}
