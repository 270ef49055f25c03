import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { Extent } from './messages.ts';

export const findExtentStatement = statement('clickhouse/cascade/find-extent.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({ generation: z.number(), posts: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'> };

/** How far lineage reaches for a cascade, or null where it has none of it. */
export async function findExtent({ facts }: Deps, rootId: string): Promise<Extent | null> {
  const [extent] = await facts.select(findExtentStatement, { rootId });
  return extent === undefined ? null : { rootId, ...extent };
}
