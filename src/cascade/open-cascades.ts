import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import type { CascadePercentile, CascadeStores } from './answers.ts';
import { type Desk, openDesk } from './desk/open-desk.ts';
import { type Extents, openExtents } from './desk/open-extents.ts';
import { type Remembered, remember } from './remember.ts';
import { openWatermark, type Watermark } from './watermark.ts';

/** What reads of cascades share within one process: cascades in memory, what was last found, how far the stores are. */
export type Cascades = Desk & {
  watermark: Watermark;
  extent: Extents;
  /** The post with most direct shares of a cascade of so many posts, which stays the same. */
  broadcasts: Remembered<string>;
  /** Where a cascade of so many posts stands among others, who are measured every few seconds. */
  percentiles: Remembered<CascadePercentile>;
  /** What the last comparison of the stores found for a cascade, which is made every few seconds at most. */
  comparisons: Remembered<CascadeStores>;
};

export type CascadesLimits = {
  maxBytes: number;
  watermarkMs: number;
  extentMs: number;
  percentileMs: number;
  comparisonMs: number;
  remembered: number;
};

type Deps = {
  graph: Pick<Graph, 'read'>;
  facts: Pick<Facts, 'select' | 'selectStream'>;
  log: Pick<Log, 'readProgress'>;
};

export function openCascades(deps: Deps, limits: CascadesLimits): Cascades {
  const most = limits.remembered;
  return {
    ...openDesk(deps, limits),
    watermark: openWatermark(deps, { maxAgeMs: limits.watermarkMs }),
    extent: openExtents(deps, { most, maxAgeMs: limits.extentMs }),
    broadcasts: remember({ most, maxAgeMs: Number.POSITIVE_INFINITY }),
    percentiles: remember({ most, maxAgeMs: limits.percentileMs }),
    comparisons: remember({ most, maxAgeMs: limits.comparisonMs }),
  };
}
