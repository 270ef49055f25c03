import type { Columns } from '../columns/columns.ts';
import { shareTimes } from './share-times.ts';

const hourMs = 3_600_000;

/**
 * Shares made in the hour that ended with the last share, that one included, by the posts' own times. So it belongs to
 * the tree alone: neither the order of arrival nor the time of asking changes it.
 */
export function velocity(columns: Columns): number {
  const times = shareTimes(columns);
  if (times === null) return 0;
  let shares = 0;
  for (let seq = 1; seq < columns.count; seq += 1) if ((columns.timeMs[seq] ?? 0) > times.lastMs - hourMs) shares += 1;
  return shares;
}
