import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { AskedRange, Excluded } from '../asked/asked-range.ts';
import type { EngagementDeps } from '../engagement-deps.ts';
import { acceptedFrom } from './accepted-from.ts';

const whole = z.number().int();

export const countExcludedStatement = statement('clickhouse/engagement/content/count-excluded.sql', {
  params: z.object({ fromMs: whole, toMs: whole, acceptedFromMs: whole }),
  row: z.object({ events: whole, accounts: whole }),
});

/** The events in a range that answers about values of content leave out, and by how many accounts they are. */
export async function countExcluded(
  { facts }: Pick<EngagementDeps, 'facts'>,
  { fromMs, toMs }: AskedRange,
): Promise<Excluded> {
  const params = { fromMs, toMs, acceptedFromMs: acceptedFrom(fromMs) };
  const [excluded] = await facts.select(countExcludedStatement, params);
  return excluded ?? { events: 0, accounts: 0 };
}
