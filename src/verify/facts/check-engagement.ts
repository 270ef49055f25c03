import { z } from 'zod';
import { numberOfPosition } from '../../log/entry-id.ts';
import { statement } from '../../query/statement.ts';
import type { Check } from '../check.ts';
import type { VerifyDeps } from '../verify-deps.ts';
import { checkedRow, checkInParts, hashParts } from './check-in-store.ts';

export const checkEngagementStatement = statement('clickhouse/verify/check-engagement.sql', {
  params: z.object({ toSeq: z.number(), parts: z.number(), part: z.number(), maxExamples: z.number() }),
  row: checkedRow,
});

type Deps = Pick<VerifyDeps, 'facts' | 'log' | 'limits'>;

/**
 * What was counted of each post equals a recount, up to where it was counted. What changes while it is looked at proves
 * nothing, so that is looked at again, and what never rests is not judged.
 */
export async function checkEngagement({ facts, log, limits }: Deps): Promise<Check> {
  const { maxExamples, factsAtOnce, looks } = limits;
  const name = { name: 'engagement by day equals a recount of events', invariant: 'I9' };
  for (let look = 0; look < looks; look += 1) {
    const toSeq = await countedTo(log);
    const check = await checkInParts(name, maxExamples, hashParts(toSeq, factsAtOnce), (part) =>
      facts.select(checkEngagementStatement, { ...part, toSeq, maxExamples }),
    );
    if (toSeq === (await countedTo(log))) return check;
  }
  return checkInParts(name, maxExamples, [], async () => []);
}

async function countedTo(log: Deps['log']): Promise<number> {
  const { position } = await log.projectors.readState('tally');
  return numberOfPosition(position);
}
