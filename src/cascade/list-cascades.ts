import { z } from 'zod';
import type { Facts } from '../facts/facts.ts';
import { statement } from '../query/statement.ts';
import { type CascadeItem, timeOf, timeOrNull } from './answers.ts';
import type { Cascades } from './open-cascades.ts';

export const cascadeSort = z.enum(['shares', 'depth', 'lastShareAt']);

export const listCascadesStatement = statement('clickhouse/cascade/list-cascades.sql', {
  params: z.object({
    sort: cascadeSort,
    fromMs: z.number().nullable(),
    toMs: z.number().nullable(),
    minShares: z.number(),
    authorId: z.string().nullable(),
    afterRank: z.number(),
    afterRootId: z.string(),
    limit: z.number(),
  }),
  row: z.object({
    rootPostId: z.string(),
    authorId: z.string().nullable(),
    createdAtMs: z.number().nullable(),
    shares: z.number(),
    accounts: z.number(),
    depth: z.number(),
    lastShareAtMs: z.number().nullable(),
    rank: z.number(),
    total: z.number(),
  }),
});

type Row = z.output<typeof listCascadesStatement.row>;
export type ListDeps = { facts: Pick<Facts, 'select'>; cascades: Pick<Cascades, 'watermark'> };

/** Where a page ended: the sorted number of its last cascade, and its id for those with the same number. */
export const CascadePosition = z.object({
  rank: z.number().int(),
  rootPostId: z.string(),
  total: z.number().int().nonnegative(),
});
export type CascadePosition = z.output<typeof CascadePosition>;

export type CascadeSearch = {
  sort: z.output<typeof cascadeSort>;
  /** Roots created from here on, and before there (epoch milliseconds). */
  fromMs: number | null;
  toMs: number | null;
  minShares: number;
  authorId: string | null;
  limit: number;
  after: CascadePosition | null;
};

export type CascadePage = { items: CascadeItem[]; next: CascadePosition | null; total: number; asOf: string };

export async function listCascades({ facts, cascades }: ListDeps, search: CascadeSearch): Promise<CascadePage> {
  const asOfMs = await cascades.watermark();
  const { after, limit, ...filters } = search;
  const rows = await facts.select(listCascadesStatement, {
    ...filters,
    afterRank: after?.rank ?? Number.MAX_SAFE_INTEGER,
    afterRootId: after?.rootPostId ?? '',
    // One more than asked for tells whether there is another page.
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const total = rows[0]?.total ?? after?.total ?? 0;
  const next = rows.length > limit ? positionOf(shown.at(-1)) : null;
  return { items: shown.map(toItem), next, total, asOf: timeOf(asOfMs) };
}

function positionOf(row: Row | undefined): CascadePosition | null {
  return row === undefined ? null : { rank: row.rank, rootPostId: row.rootPostId, total: row.total };
}

function toItem(row: Row): CascadeItem {
  return {
    rootPostId: row.rootPostId,
    authorId: row.authorId,
    createdAt: timeOrNull(row.createdAtMs),
    size: row.shares + 1,
    shares: row.shares,
    accounts: row.accounts,
    depth: row.depth,
    lastShareAt: timeOrNull(row.lastShareAtMs),
  };
}
