import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { cutBatches } from '../percentile/cut-batches.ts';

export const measures = z.object({ structuralVirality: z.number().nullable(), velocity: z.number().nullable() });

export const findMeasuresStatement = statement('clickhouse/cascade/lists/find-measures.sql', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: measures.extend({ rootId: z.string() }),
});

export type Measures = z.output<typeof measures>;
type Deps = { facts: Pick<Facts, 'select'> };

/** Ids may be long, and those of one question travel in its address. */
const limits = { batchRows: 1000, batchCascades: 1000, batchIdBytes: 100_000 };

/** What was last measured of the cascades of one page; nothing where one was never measured. */
export async function findMeasures({ facts }: Deps, rootIds: readonly string[]): Promise<Map<string, Measures>> {
  const cascades = rootIds.map((rootId) => ({ rootId, posts: 1 }));
  const found = await Promise.all(
    cutBatches(cascades, limits).map((batch) =>
      facts.select(findMeasuresStatement, { rootIds: batch.map(({ rootId }) => rootId) }),
    ),
  );
  return new Map(found.flat().map(({ rootId, ...values }) => [rootId, values]));
}
