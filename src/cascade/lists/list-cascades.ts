import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import { timeOf, timeOrNull } from '../../query/times.ts';
import type { CascadeItem } from '../answers.ts';
import type { Cascades } from '../open-cascades.ts';
import { findNewestBatch } from '../percentile/keep-shapes.ts';
import { type cascadeSort, type FoundCascade, findCascades, isMeasuredSort } from './find-cascades.ts';

export type ListDeps = { facts: Pick<Facts, 'select'>; cascades: Pick<Cascades, 'watermark'> };

const whole = z.number().int();
const wholePosition = z.object({ rank: whole, rootPostId: z.string(), total: whole.nonnegative() });
const measuredPosition = wholePosition.extend({ rank: z.number().min(-1).max(Number.MAX_SAFE_INTEGER) });

/** Where a page ended: the sorted number of its last cascade, and its id for those with the same number. */
export type CascadePosition = z.output<typeof wholePosition>;

/** What is measured may be a fraction; JSON gives back the same one. */
export function cascadePosition(sort: CascadeSearch['sort']): z.ZodType<CascadePosition> {
  return isMeasuredSort(sort) ? measuredPosition : wholePosition;
}

export type CascadeSearch = {
  sort: z.output<typeof cascadeSort>;
  /** Roots created from here on, and before there (epoch milliseconds). */
  fromMs: number | null;
  toMs: number | null;
  minShares: number;
  authorId: string | null;
  category: string | null;
  limit: number;
  after: CascadePosition | null;
};

export type CascadePage = {
  items: CascadeItem[];
  next: CascadePosition | null;
  total: number;
  asOf: string;
  measuredAsOf: string | null;
  /** Only for an order by what was measured. */
  notMeasured?: number;
};

export async function listCascades({ facts, cascades }: ListDeps, search: CascadeSearch): Promise<CascadePage> {
  // Looked up first, so that no value is older than they say.
  const [asOfMs, newest] = await Promise.all([cascades.watermark(), findNewestBatch({ facts })]);
  const { after, limit, ...filters } = search;
  const rows = await findCascades(
    { facts },
    {
      ...filters,
      afterRank: after?.rank ?? Number.MAX_SAFE_INTEGER,
      afterRootId: after?.rootPostId ?? '',
      // One more than asked for tells whether there is another page.
      limit: limit + 1,
    },
  );
  const shown = rows.slice(0, limit);
  const [first] = rows;
  return {
    items: shown.map(toItem),
    next: rows.length > limit ? positionOf(shown.at(-1)) : null,
    total: first?.total ?? after?.total ?? 0,
    asOf: timeOf(asOfMs),
    measuredAsOf: newest.batch === 0 ? null : timeOf(newest.measuredAtMs),
    ...(isMeasuredSort(search.sort) ? { notMeasured: first?.notMeasured ?? 0 } : {}),
  };
}

function positionOf(row: FoundCascade | undefined): CascadePosition | null {
  return row === undefined ? null : { rank: row.rank, rootPostId: row.rootPostId, total: row.total };
}

function toItem(row: FoundCascade): CascadeItem {
  return {
    rootPostId: row.rootPostId,
    authorId: row.authorId,
    createdAt: timeOrNull(row.createdAtMs),
    size: row.shares + 1,
    shares: row.shares,
    accounts: row.accounts,
    depth: row.depth,
    lastShareAt: timeOrNull(row.lastShareAtMs),
    structuralVirality: row.structuralVirality,
    velocity: row.velocity,
  };
}
