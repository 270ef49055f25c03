import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { AskedRange } from '../asked/asked-range.ts';

const count = z.number().int().nonnegative();

export const ModerationDay = z
  .object({ day: z.iso.date(), flags: count, actions: count, reporters: count })
  .meta({ id: 'ModerationDay' });

export const listModerationDaysStatement = statement('clickhouse/engagement/safety/list-moderation-days.sql', {
  params: z.object({ tz: z.string(), fromMs: z.number().int(), toMs: z.number().int() }),
  row: ModerationDay,
});

export async function listModerationDays(
  { facts }: { facts: Pick<Facts, 'select'> },
  search: AskedRange & { tz: string },
): Promise<Array<z.output<typeof ModerationDay>>> {
  return facts.select(listModerationDaysStatement, search);
}
