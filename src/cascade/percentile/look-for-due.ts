import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type MeasureDeps, type MeasureLimits, measureDue } from './measure-due.ts';

const none = z.object({});

export const findNewestLinkStatement = statement('clickhouse/cascade/percentile/find-newest-link.sql', {
  params: none,
  row: z.object({ linkSeq: z.number() }),
});
export const findPageEndStatement = statement('clickhouse/cascade/percentile/find-page-end.sql', {
  params: z.object({ afterRootId: z.string(), roots: z.number() }),
  row: z.object({ rootId: z.string() }),
});

export type LookLimits = MeasureLimits & { wholeEveryMs: number; pageRoots: number; pagesAtOnce: number };

/** Where the looks of a process stand; a hint, as a new process begins again with a look at everything. */
type Place = { linkSeq: number | null; afterRootId: string | null; wholeFromMs: number };

/**
 * What lineage touched since the look before is measured soon. Whatever such a look cannot see (large cascades that
 * rested, cascades written anew or taken apart) is found by going through everything, some pages at a time.
 */
export function openLooks(deps: MeasureDeps, limits: LookLimits): () => Promise<number> {
  const place: Place = { linkSeq: null, afterRootId: null, wholeFromMs: Number.NEGATIVE_INFINITY };
  return async () => {
    const recent = await lookAtRecent(deps, place, limits);
    return recent + (await lookAtPages(deps, place, limits));
  };
}

async function lookAtRecent(deps: MeasureDeps, place: Place, limits: LookLimits): Promise<number> {
  const [newest] = await deps.facts.select(findNewestLinkStatement, {});
  const linkSeq = newest?.linkSeq ?? 0;
  const afterLinkSeq = place.linkSeq;
  // What was there before this process is left to the look at everything, which begins at once.
  if (afterLinkSeq === null) place.linkSeq = linkSeq;
  if (afterLinkSeq === null || linkSeq <= afterLinkSeq) return 0;
  const { measured, cut } = await measureDue(deps, { afterRootId: '', upToRootId: '', afterLinkSeq }, limits);
  if (!cut) place.linkSeq = linkSeq;
  return measured;
}

async function lookAtPages(deps: MeasureDeps, place: Place, limits: LookLimits): Promise<number> {
  let measured = 0;
  for (let page = 0; page < limits.pagesAtOnce; page += 1) {
    if (place.afterRootId === null && deps.now() < place.wholeFromMs) return measured;
    if (place.afterRootId === null) place.wholeFromMs = deps.now() + limits.wholeEveryMs;
    const afterRootId = place.afterRootId ?? '';
    const [end] = await deps.facts.select(findPageEndStatement, { afterRootId, roots: limits.pageRoots });
    const stretch = { afterRootId, upToRootId: end?.rootId ?? '', afterLinkSeq: 0 };
    measured += (await measureDue(deps, stretch, limits)).measured;
    place.afterRootId = end?.rootId ?? null;
  }
  return measured;
}
