import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { addExcluded, addExclusions, addQuarters, type Part, type TallyRules } from './add-part.ts';

const none = z.object({});
const stretch = z.object({ afterSeq: z.number(), toSeq: z.number() });

export const addReactionsStatement = statement('clickhouse/project/tally/add-reactions.sql', {
  params: stretch,
  row: none,
});
export const countChangedExclusionsStatement = statement('clickhouse/project/tally/count-changed-exclusions.sql', {
  params: z.object({ toSeq: z.number() }),
  row: z.object({ come: z.number(), gone: z.number() }),
});

type Deps = { facts: Pick<Facts, 'fill' | 'select'>; rules: TallyRules };

/** Accept numbers after one up to another. */
export type TallyRange = z.output<typeof stretch>;

/**
 * Counts one range of the facts into the tables of engagement. Every step adds a difference that follows from the facts up
 * to the end of the range alone, under a token of its own: whoever repeats the range adds nothing twice.
 */
export async function addRange({ facts, rules }: Deps, { afterSeq, toSeq }: TallyRange): Promise<void> {
  const token = `tally:${afterSeq}..${toSeq}`;
  await facts.fill(addReactionsStatement, { afterSeq, toSeq }, token);
  await addExclusions({ facts }, { afterSeq, toSeq }, { table: 'exclusions', token });
  const [changed] = await facts.select(countChangedExclusionsStatement, { toSeq });
  const before: Pick<Part, 'afterSeq' | 'toSeq' | 'atSeq'> = { afterSeq: 0, toSeq: afterSeq, atSeq: toSeq };
  const parts: Part[] = [{ afterSeq, toSeq, atSeq: toSeq, about: 'counted' }];
  if ((changed?.gone ?? 0) > 0) parts.push({ ...before, about: 'gone' });
  if ((changed?.come ?? 0) > 0) parts.push({ ...before, about: 'come' });
  for (const part of parts) {
    const named = `${token} ${part.about}`;
    await addQuarters({ facts, rules }, part, { table: 'engagement_quarters', token: named });
    await addExcluded({ facts }, part, { table: 'excluded_engagement', token: named });
  }
}
