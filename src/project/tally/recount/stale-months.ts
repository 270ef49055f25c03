import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Facts } from '../../../facts/facts.ts';
import { statement } from '../../../query/statement.ts';

export const listStaleMonthsStatement = statement('clickhouse/project/tally/recount/list-stale-months.sql', {
  params: z.object({}),
  row: z.object({ month: z.number(), toldAtMs: z.number() }),
});

/** A month of the events' own times as 202601, and when it was told of. */
export type StaleMonth = z.output<typeof listStaleMonthsStatement.row>;

/** Who is excluded decides over every month there is. */
export const allMonths = 0;

type Deps = { facts: Pick<Facts, 'insert'> };
type Added = { eventName: string; timestampMs: number };

/**
 * Told after facts were added whose accept numbers the tally has passed, as those of a dead letter or of a lost row are: it
 * will not see them, so their months are counted anew.
 */
export async function tellStale({ facts }: Deps, added: readonly Added[], nowMs: number): Promise<void> {
  const months = new Set(added.map(monthOf));
  await writeMonths(
    { facts },
    [...months].map((month) => [month, nowMs, true]),
  );
}

/** What was added since it was told of keeps a month stale. */
export async function settleStale({ facts }: Deps, months: readonly StaleMonth[]): Promise<void> {
  await writeMonths(
    { facts },
    months.map(({ month, toldAtMs }) => [month, toldAtMs, false]),
  );
}

function monthOf({ eventName, timestampMs }: Added): number {
  if (eventName.startsWith('user_')) return allMonths;
  const at = new Date(timestampMs);
  return at.getUTCFullYear() * 100 + at.getUTCMonth() + 1;
}

async function writeMonths({ facts }: Deps, rows: readonly unknown[][]): Promise<void> {
  const columns = ['month', 'told_at', 'is_stale'];
  await facts.insert({ table: 'stale_months', columns, token: `stale:${randomUUID()}` }, rows);
}
