import type { Columns } from '../columns/columns.ts';
import { type ShareTimes, shareTimes } from '../times/share-times.ts';
import { growTimeToSize, type SizeReached } from '../times/time-to-size.ts';
import { accountCount } from './depth-accounts.ts';
import { broadcastRatio, type DepthProfile, depthProfile, maxBreadth } from './depth-profile.ts';
import { directShares } from './direct-shares.ts';
import { structuralVirality } from './structural-virality.ts';
import { tallyTree } from './tally-tree.ts';

/** Everything that the tree of a cascade says about itself, in numbers. */
export type Shape = {
  size: number;
  accounts: number;
  depth: number;
  meanDepth: number;
  maxBreadth: number;
  profile: DepthProfile;
  wienerIndex: bigint;
  structuralVirality: number | null;
  leafFraction: number;
  broadcastRatio: number | null;
  mostDirectShares: number;
  shareTimes: ShareTimes | null;
  timeToSize: SizeReached[];
  rootTimeMs: number;
};

/** `before` is what was measured when these columns were shorter: then only what came since is looked at. */
export function measureShape(columns: Columns, before: Shape | null = null): Shape {
  const size = columns.count;
  if (size === 0) throw new Error('a cascade has at least its root');
  const from = before?.size ?? 0;
  const profile = depthProfile(columns, before?.profile);
  const { direct, wienerIndex } = tallyTree(columns);
  const { leaves, most } = directShares(direct, size);
  return {
    size,
    accounts: accountCount(columns, { accounts: before?.accounts ?? 0, from }),
    depth: profile.posts.length - 1,
    meanDepth: profile.depthSum / size,
    maxBreadth: maxBreadth(profile),
    profile,
    wienerIndex,
    structuralVirality: structuralVirality(wienerIndex, size),
    leafFraction: leaves / size,
    broadcastRatio: broadcastRatio(profile, size),
    mostDirectShares: most,
    shareTimes: shareTimes(columns, before?.shareTimes, from),
    timeToSize: growTimeToSize(columns, before?.timeToSize ?? [], from),
    rootTimeMs: columns.timeMs[0] ?? 0,
  };
}
