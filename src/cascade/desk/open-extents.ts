import type { Facts } from '../../facts/facts.ts';
import type { Log } from '../../log/open-log.ts';
import { remember } from '../remember.ts';
import { findExtent } from './find-extent.ts';
import type { Extent } from './messages.ts';

/** How far lineage reaches for a cascade, or null where it has none of it. */
export type Extents = (rootId: string) => Promise<Extent | null>;

type Deps = { facts: Pick<Facts, 'select'>; log: Pick<Log, 'readProgress'> };

/**
 * Lineage reaches as far as it did while its mirror has not moved, and how far the mirror is costs a fraction of asking
 * the facts. Without the log the facts are asked each time.
 */
export function openExtents({ facts, log }: Deps, limits: { most: number; maxAgeMs: number }): Extents {
  const known = remember<Extent | null>(limits);
  return async (rootId) => {
    const linkSeq = await log.readProgress().then(
      (progress) => progress.lineageLinkSeq,
      () => null,
    );
    const read = () => findExtent({ facts }, rootId);
    return linkSeq === null ? read() : known(`${linkSeq} ${rootId}`, read);
  };
}
