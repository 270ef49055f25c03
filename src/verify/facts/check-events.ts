import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { Check } from '../check.ts';
import type { Scope, VerifyDeps } from '../verify-deps.ts';
import { checkedRow, checkInParts, hashParts, stretches } from './check-in-store.ts';

const numbers = { firstSeq: z.number(), lastSeq: z.number(), maxExamples: z.number() };

export const checkAcceptNumbersStatement = statement('clickhouse/verify/check-accept-numbers.sql', {
  params: z.object(numbers),
  row: checkedRow,
});
export const checkEventIdsStatement = statement('clickhouse/verify/check-event-ids.sql', {
  params: z.object({ ...numbers, parts: z.number(), part: z.number() }),
  row: checkedRow,
});
export const checkColumnsStatement = statement('clickhouse/verify/check-columns.sql', {
  params: z.object(numbers),
  row: checkedRow,
});

type Deps = Pick<VerifyDeps, 'facts' | 'limits'>;

/** Every accept number up to the watermark ended in exactly one place, and no event id stands in two rows. */
export async function checkEvents({ facts, limits }: Deps, { firstSeq, lastSeq }: Scope): Promise<Check[]> {
  const { maxExamples, factsAtOnce } = limits;
  const parts = [...stretches(firstSeq, lastSeq, factsAtOnce)];
  const acceptNumbers = { name: 'every accept number ended once', invariant: 'I1, I12' };
  const eventIds = { name: 'every event id is in facts once', invariant: 'I1' };
  const columns = { name: 'columns of events say what was sent', invariant: 'I3' };
  return [
    await checkInParts(acceptNumbers, maxExamples, parts, (part) =>
      facts.select(checkAcceptNumbersStatement, { ...part, maxExamples }),
    ),
    await checkInParts(eventIds, maxExamples, hashParts(lastSeq - firstSeq + 1, factsAtOnce), (part) =>
      facts.select(checkEventIdsStatement, { ...part, firstSeq, lastSeq, maxExamples }),
    ),
    await checkInParts(columns, maxExamples, parts, (part) =>
      facts.select(checkColumnsStatement, { ...part, maxExamples }),
    ),
  ];
}
