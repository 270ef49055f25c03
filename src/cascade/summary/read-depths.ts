import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { type DepthItem, timeOf } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import { findKnownRoot, findRoot, type NoCascade, type RootDeps } from '../find-root.ts';

export const readDepthsStatement = statement('clickhouse/cascade/read-depths.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({ depth: z.number(), posts: z.number(), firstAtMs: z.number(), accounts: z.number() }),
});

export type DepthsOutcome = { kind: 'found'; depths: DepthItem[]; asOf: string } | NoCascade;

/** Every depth from 1 on: its shares, the distinct accounts among them, and when it was first reached. */
export async function readDepths(deps: RootDeps, rootPostId: string, atMs: number | null): Promise<DepthsOutcome> {
  if (atMs !== null) return readDepthsAt(deps, rootPostId, atMs);
  const asOfMs = await deps.cascades.watermark();
  const [known, depths] = await Promise.all([findKnownRoot(deps, rootPostId), depthsNow(deps, rootPostId)]);
  return known.kind === 'known' ? { kind: 'found', depths, asOf: timeOf(asOfMs) } : known;
}

/** The engine keeps these beside lineage, so the cascade itself is not read. */
async function depthsNow({ facts }: RootDeps, rootId: string): Promise<DepthItem[]> {
  const rows = await facts.select(readDepthsStatement, { rootId });
  return rows
    .filter(({ depth }) => depth > 0)
    .map(({ depth, posts, firstAtMs, accounts }) => ({ depth, shares: posts, accounts, firstAt: timeOf(firstAtMs) }));
}

async function readDepthsAt(deps: RootDeps, rootPostId: string, atMs: number): Promise<DepthsOutcome> {
  const found = await findRoot(deps, rootPostId, atMs);
  if (found.kind !== 'found') return found;
  const { answer } = await askCascade(deps, found, 'depths', { atMs });
  if (answer === null) return { kind: 'not_begun', pending: found.root.pending };
  const { profile, accounts } = answer;
  const depths = Array.from(profile.posts.subarray(1), (shares, index) => ({
    depth: index + 1,
    shares,
    accounts: accounts[index + 1] ?? 0,
    firstAt: timeOf(profile.firstAtMs[index + 1] ?? 0),
  }));
  return { kind: 'found', depths, asOf: timeOf(found.asOfMs) };
}
