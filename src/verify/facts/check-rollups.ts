import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import type { Check } from '../check.ts';
import type { Scope, VerifyDeps } from '../verify-deps.ts';
import { checkedRow, checkInParts, hashParts, stretches } from './check-in-store.ts';

const numbers = { firstSeq: z.number(), lastSeq: z.number(), maxExamples: z.number() };
const parts = { parts: z.number(), part: z.number(), rootId: z.string(), maxExamples: z.number() };

export const checkIdIndexStatement = statement('clickhouse/verify/check-id-index.sql', {
  params: z.object(numbers),
  row: checkedRow,
});
export const checkSharesStatement = statement('clickhouse/verify/check-shares.sql', {
  params: z.object({ ...numbers, rootId: z.string() }),
  row: checkedRow,
});
export const checkPlacesStatement = statement('clickhouse/verify/check-places.sql', {
  params: z.object({ ...parts, linkSeq: z.number() }),
  row: checkedRow,
});
export const checkCascadesStatement = statement('clickhouse/verify/check-cascades.sql', {
  params: z.object(parts),
  row: checkedRow,
});

type Deps = Pick<VerifyDeps, 'facts' | 'limits'>;

/** Every table that is fed by another equals a recount of it, row by row: event_ids and shares of events, places and cascades of lineage. */
export async function checkRollups({ facts, limits }: Deps, scope: Scope, linkSeq: number): Promise<Check[]> {
  const { maxExamples, factsAtOnce } = limits;
  const { firstSeq, lastSeq } = scope;
  const rootId = scope.rootId ?? '';
  const bySeq = [...stretches(firstSeq, lastSeq, factsAtOnce)];
  const byHash = [...hashParts(rootId === '' ? linkSeq : 1, factsAtOnce)];
  const check = { invariant: 'I9' };
  const idIndex = rootId === '' ? [{ name: 'event_ids equals a recount of events', ...check }] : [];
  return [
    ...(await Promise.all(
      idIndex.map((named) =>
        checkInParts(named, maxExamples, bySeq, (part) =>
          facts.select(checkIdIndexStatement, { ...part, maxExamples }),
        ),
      ),
    )),
    await checkInParts({ name: 'shares equals a recount of events', ...check }, maxExamples, bySeq, (part) =>
      facts.select(checkSharesStatement, { ...part, rootId, maxExamples }),
    ),
    await checkInParts({ name: 'places equals a recount of lineage', ...check }, maxExamples, byHash, (part) =>
      facts.select(checkPlacesStatement, { ...part, rootId, linkSeq, maxExamples }),
    ),
    await checkInParts({ name: 'cascades equals a recount of lineage', ...check }, maxExamples, byHash, (part) =>
      facts.select(checkCascadesStatement, { ...part, rootId, maxExamples }),
    ),
  ];
}
