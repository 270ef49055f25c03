import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';

export const measures = z.object({ structuralVirality: z.number().nullable(), velocity: z.number().nullable() });

export const findMeasuresStatement = statement('clickhouse/cascade/lists/find-measures.sql', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: measures.extend({ rootId: z.string() }),
});

export type Measures = z.output<typeof measures>;
type Deps = { facts: Pick<Facts, 'select'> };

/** What was last measured of the cascades of one page; nothing where one was never measured. */
export async function findMeasures({ facts }: Deps, rootIds: readonly string[]): Promise<Map<string, Measures>> {
  if (rootIds.length === 0) return new Map();
  const found = await facts.select(findMeasuresStatement, { rootIds: [...rootIds] });
  return new Map(found.map(({ rootId, ...values }) => [rootId, values]));
}
