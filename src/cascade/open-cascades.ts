import type { Facts } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Log } from '../log/open-log.ts';
import { type Desk, openDesk } from './desk/open-desk.ts';
import { openWatermark, type Watermark } from './watermark.ts';

/** What reads of cascades share within one process: cascades in memory, and how far the stores have come. */
export type Cascades = Desk & { watermark: Watermark };

type Deps = { graph: Pick<Graph, 'read'>; facts: Pick<Facts, 'selectStream'>; log: Pick<Log, 'readProgress'> };

export function openCascades(deps: Deps, limits: { maxBytes: number; watermarkMs: number }): Cascades {
  return { ...openDesk(deps, limits), watermark: openWatermark(deps, { maxAgeMs: limits.watermarkMs }) };
}
