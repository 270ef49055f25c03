import type { Columns } from '../columns/columns.ts';
import { accountCount } from './depth-accounts.ts';
import { broadcastRatio, type DepthProfile, depthProfile, maxBreadth } from './depth-profile.ts';
import { directShares } from './direct-shares.ts';
import { type ShareTimes, shareTimes } from './share-times.ts';
import { structuralVirality } from './structural-virality.ts';
import { type SizeReached, timeToSize } from './time-to-size.ts';
import { wienerIndex } from './wiener-index.ts';

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

export function measureShape(columns: Columns): Shape {
  const size = columns.count;
  if (size === 0) throw new Error('a cascade has at least its root');
  const profile = depthProfile(columns);
  const wiener = wienerIndex(columns);
  const direct = directShares(columns);
  return {
    size,
    accounts: accountCount(columns),
    depth: profile.posts.length - 1,
    meanDepth: profile.depthSum / size,
    maxBreadth: maxBreadth(profile),
    profile,
    wienerIndex: wiener,
    structuralVirality: structuralVirality(wiener, size),
    leafFraction: direct.leaves / size,
    broadcastRatio: broadcastRatio(profile, size),
    mostDirectShares: direct.most,
    shareTimes: shareTimes(columns),
    timeToSize: timeToSize(columns),
    rootTimeMs: columns.timeMs[0] ?? 0,
  };
}
