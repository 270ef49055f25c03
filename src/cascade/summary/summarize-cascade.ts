import { timeOf, timeOrNull } from '../../query/times.ts';
import type { CascadeSummary } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import { type FoundCascade, findRoot, type NoCascade, type Root, type RootDeps } from '../find-root.ts';
import type { Cascades } from '../open-cascades.ts';
import { type Compared, findPercentile } from '../percentile/find-percentile.ts';
import type { Shape } from '../shape/measure-shape.ts';
import { findLargestBroadcast } from './find-largest-broadcast.ts';
import { findStores } from './find-stores.ts';

const fewLeaders = 20;

export type SummaryDeps = RootDeps & { cascades: Pick<Cascades, 'broadcasts' | 'percentiles' | 'comparisons'> };
export type SummaryOutcome = { kind: 'found'; summary: CascadeSummary; cascade: FoundCascade } | NoCascade;

/**
 * The whole shape of one cascade, with what is still waiting and what the last comparison of the stores said. As of a
 * time it is what a recount of the events up to then would find.
 */
export async function summarizeCascade(
  deps: SummaryDeps,
  rootPostId: string,
  atMs: number | null,
): Promise<SummaryOutcome> {
  const [stores, found] = await Promise.all([findStores(deps, rootPostId), findRoot(deps, rootPostId, atMs)]);
  if (found.kind !== 'found') return found;
  const { root, asOfMs } = found;
  const reply = await askCascade(deps, found, 'shape', { atMs });
  if (reply.answer === null) return { kind: 'not_begun', pending: root.pending };
  const { shape, broadcasters, waiting } = reply.answer;
  // Others are measured as they are now, so a cascade as it was has nobody to be compared with.
  const { broadcasts, percentiles } = deps.cascades;
  const key = `${rootPostId} ${reply.generation} ${shape.size}`;
  // The same posts lead while a cascade grows, more often than not.
  const leaders = `${rootPostId} ${reply.generation} ${broadcasters.length > fewLeaders ? shape.size : broadcasters.join()}`;
  const [postId, percentile] = await Promise.all([
    broadcasts(`${leaders} ${atMs}`, () => findLargestBroadcast(deps, reply, broadcasters)),
    atMs === null ? percentiles(key, () => findPercentile(deps, comparedOf(rootPostId, shape))) : null,
  ]);
  const summary = {
    rootPostId,
    ...describeRoot(root, atMs),
    ...describeShape(shape, root),
    largestBroadcast: { postId, shares: shape.mostDirectShares },
    ...describeTimes(shape, root),
    pending: root.pending + waiting,
    percentile,
    stores,
    at: timeOrNull(atMs),
    asOf: timeOf(asOfMs),
  };
  return { kind: 'found', summary, cascade: found };
}

function describeRoot({ authorId, createdAt, assumed, removedAt }: Root, atMs: number | null) {
  const isRemoved = removedAt !== null && removedAt <= (atMs ?? removedAt);
  return { authorId, createdAt: timeOrNull(createdAt), assumed, removedAt: isRemoved ? timeOf(removedAt) : null };
}

function comparedOf(rootId: string, { size, depth, maxBreadth, structuralVirality }: Shape): Compared {
  return { rootId, size, depth, maxBreadth, structuralVirality };
}

function describeShape(shape: Shape, root: Root) {
  return {
    size: shape.size,
    shares: shape.size - 1,
    // Lineage numbers the unknown author of a provisional root like any other, but nobody is known to have written it.
    accounts: root.assumed ? shape.accounts - 1 : shape.accounts,
    depth: shape.depth,
    meanDepth: shape.meanDepth,
    maxBreadth: shape.maxBreadth,
    depthHistogram: [...shape.profile.posts],
    structuralVirality: shape.structuralVirality,
    wienerIndex: String(shape.wienerIndex),
    leafFraction: shape.leafFraction,
    broadcastRatio: shape.broadcastRatio,
  };
}

function describeTimes(shape: Shape, root: Root) {
  // Nothing can be measured from a root whose own time is not known yet.
  const reached = (atMs: number) => ({ at: timeOf(atMs), afterMs: root.assumed ? null : atMs - shape.rootTimeMs });
  return {
    firstShareAt: timeOrNull(shape.shareTimes?.firstMs ?? null),
    lastShareAt: timeOrNull(shape.shareTimes?.lastMs ?? null),
    timeToDepth: Array.from(shape.profile.firstAtMs.subarray(1), (atMs, index) => ({
      depth: index + 1,
      ...reached(atMs),
    })),
    timeToSize: shape.timeToSize.map(({ size, atMs }) => ({ size, ...reached(atMs) })),
  };
}
