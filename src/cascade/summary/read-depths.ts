import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type DepthItem, timeOf } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import { type FoundCascade, findRoot, type NoCascade, type RootDeps } from '../find-root.ts';

export const readDepthsStatement = statement('clickhouse/cascade/read-depths.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({ depth: z.number(), posts: z.number(), firstAtMs: z.number(), accounts: z.number() }),
});

export type DepthsOutcome = { kind: 'found'; depths: DepthItem[]; asOf: string } | NoCascade;

/** Every depth from 1 on: its shares, the distinct accounts among them, and when it was first reached. */
export async function readDepths(deps: RootDeps, rootPostId: string, atMs: number | null): Promise<DepthsOutcome> {
  const [found, now] = await Promise.all([findRoot(deps, rootPostId, atMs), depthsNow(deps, rootPostId)]);
  if (found.kind !== 'found') return found;
  const depths = atMs === null ? now : await depthsAt(deps, found, atMs);
  if (depths === null) return { kind: 'not_begun', pending: found.root.pending };
  return { kind: 'found', depths, asOf: timeOf(found.asOfMs) };
}

/** The engine keeps these beside lineage, so the cascade itself is not read. */
async function depthsNow({ facts }: RootDeps, rootId: string): Promise<DepthItem[]> {
  const rows = await facts.select(readDepthsStatement, { rootId });
  return rows
    .filter(({ depth }) => depth > 0)
    .map(({ depth, posts, firstAtMs, accounts }) => ({ depth, shares: posts, accounts, firstAt: timeOf(firstAtMs) }));
}

async function depthsAt(deps: RootDeps, found: FoundCascade, atMs: number): Promise<DepthItem[] | null> {
  const { answer } = await askCascade(deps, found, 'depths', { atMs });
  if (answer === null) return null;
  const { profile, accounts } = answer;
  return Array.from(profile.posts.subarray(1), (shares, index) => ({
    depth: index + 1,
    shares,
    accounts: accounts[index + 1] ?? 0,
    firstAt: timeOf(profile.firstAtMs[index + 1] ?? 0),
  }));
}
