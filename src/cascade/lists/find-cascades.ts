import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { statement } from '../../query/statement.ts';
import { findMeasures, measures } from './find-measures.ts';

const number = z.number();

/** A list is ordered by what lineage says of a cascade, or by what was last measured of it. */
const lineageSort = z.enum(['shares', 'depth', 'lastShareAt']);
const measuredSort = z.enum(['structuralVirality', 'velocity']);
export const cascadeSort = z.enum([...lineageSort.options, ...measuredSort.options]);

type MeasuredSort = z.output<typeof measuredSort>;
type CascadeSort = z.output<typeof cascadeSort>;

export function isMeasuredSort(sort: CascadeSort): sort is MeasuredSort {
  return sort === 'structuralVirality' || sort === 'velocity';
}

const search = z.object({
  fromMs: number.nullable(),
  toMs: number.nullable(),
  minShares: number,
  authorId: z.string().nullable(),
  category: z.string().nullable(),
  afterRank: number,
  afterRootId: z.string(),
  limit: number,
});
const row = z.object({
  rootPostId: z.string(),
  authorId: z.string().nullable(),
  createdAtMs: number.nullable(),
  shares: number,
  accounts: number,
  depth: number,
  lastShareAtMs: number.nullable(),
  rank: number,
  total: number,
});

export const listCascadesStatement = statement('clickhouse/cascade/lists/list-cascades.sql', {
  params: search.extend({ sort: lineageSort }),
  row,
});
export const listMeasuredCascadesStatement = statement('clickhouse/cascade/lists/list-measured-cascades.sql', {
  params: search.extend({ sort: measuredSort }),
  row: row.extend({ ...measures.shape, notMeasured: number }),
});

export type FoundCascade = z.output<typeof row> & z.output<typeof measures> & { notMeasured?: number };

type Deps = { facts: Pick<Facts, 'select'> };
type Asked = z.input<typeof search> & { sort: CascadeSort };

/** The cascades of one page, each with what was last measured of it; `notMeasured` only where that makes the order. */
export async function findCascades({ facts }: Deps, { sort, ...asked }: Asked): Promise<FoundCascade[]> {
  if (isMeasuredSort(sort)) return facts.select(listMeasuredCascadesStatement, { sort, ...asked });
  const rows = await facts.select(listCascadesStatement, { sort, ...asked });
  const measured = await findMeasures(
    { facts },
    rows.map(({ rootPostId }) => rootPostId),
  );
  return rows.map((of) => ({ ...of, ...(measured.get(of.rootPostId) ?? notMeasured) }));
}

const notMeasured = { structuralVirality: null, velocity: null };
