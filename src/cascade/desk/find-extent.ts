import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import type { Extent } from './messages.ts';

const params = z.object({ rootId: z.string() });
const row = z.object({ generation: z.number(), posts: z.number() });

export const findExtentsStatement = statement('clickhouse/cascade/find-extents.sql', { params, row });
export const findCountingExtentStatement = statement('clickhouse/cascade/find-counting-extent.sql', { params, row });

type Deps = { facts: Pick<Facts, 'select'> };

/**
 * How far lineage reaches for a root, or null where it has none of it. Hardly any cascade was ever written anew, so
 * which generation counts is asked only where there is a choice: that stands in another table, and two tables in one
 * statement take half as long again.
 */
export async function findExtent({ facts }: Deps, rootId: string): Promise<Extent | null> {
  const written = await facts.select(findExtentsStatement, { rootId });
  const isFirst = written.every(({ generation }) => generation === 0);
  const [extent] = isFirst ? written : await facts.select(findCountingExtentStatement, { rootId });
  return extent === undefined ? null : { rootId, ...extent };
}
