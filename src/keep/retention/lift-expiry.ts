import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const liftExpiryStatement = statement('clickhouse/keep/retention/lift-expiry.sql', {
  params: z.object({ partition: z.string() }),
  row: z.object({}),
});

/** Events of a month that are there again have not expired; the next run of the expiry may say so once more. */
export async function liftExpiry({ facts }: { facts: Pick<Facts, 'run'> }, partition: string): Promise<void> {
  await facts.run(liftExpiryStatement, { partition });
}
