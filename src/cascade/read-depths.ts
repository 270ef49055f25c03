import { type DepthItem, timeOf } from './answers.ts';
import { shapeOf } from './columns/cascade-cache.ts';
import type { Columns } from './columns/columns.ts';
import { findRoot, type NoCascade, type RootDeps } from './find-root.ts';
import { depthAccounts } from './shape/depth-accounts.ts';
import type { DepthProfile } from './shape/depth-profile.ts';

export type DepthsOutcome = { kind: 'found'; depths: DepthItem[]; asOf: string } | NoCascade;

/** Every depth from 1 on: its shares, the distinct accounts among them, and when it was first reached. */
export async function readDepths(deps: RootDeps, rootPostId: string): Promise<DepthsOutcome> {
  const found = await findRoot(deps, rootPostId);
  if (found.kind !== 'found') return found;
  const { columns } = found.cascade;
  const depths = describeDepths(columns, shapeOf(found.cascade).profile);
  return { kind: 'found', depths, asOf: timeOf(found.asOfMs) };
}

function describeDepths(columns: Columns, { posts, firstAtMs }: DepthProfile): DepthItem[] {
  const accounts = depthAccounts(columns, posts);
  return Array.from(posts.subarray(1), (shares, index) => ({
    depth: index + 1,
    shares,
    accounts: accounts[index + 1] ?? 0,
    firstAt: timeOf(firstAtMs[index + 1] ?? 0),
  }));
}
