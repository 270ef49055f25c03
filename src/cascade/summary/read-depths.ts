import { type DepthItem, timeOf } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import type { Depths } from '../desk/questions.ts';
import { findRoot, type NoCascade, type RootDeps } from '../find-root.ts';

export type DepthsOutcome = { kind: 'found'; depths: DepthItem[]; asOf: string } | NoCascade;

/** Every depth from 1 on: its shares, the distinct accounts among them, and when it was first reached. */
export async function readDepths(deps: RootDeps, rootPostId: string, atMs: number | null): Promise<DepthsOutcome> {
  const found = await findRoot(deps, rootPostId, atMs);
  if (found.kind !== 'found') return found;
  const { answer } = await askCascade(deps, found, 'depths', { atMs });
  if (answer === null) return { kind: 'not_begun', pending: found.root.pending };
  return { kind: 'found', depths: describeDepths(answer), asOf: timeOf(found.asOfMs) };
}

function describeDepths({ profile: { posts, firstAtMs }, accounts }: Depths): DepthItem[] {
  return Array.from(posts.subarray(1), (shares, index) => ({
    depth: index + 1,
    shares,
    accounts: accounts[index + 1] ?? 0,
    firstAt: timeOf(firstAtMs[index + 1] ?? 0),
  }));
}
