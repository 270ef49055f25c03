import { z } from 'zod';
import { statement } from '../../query/statement.ts';
import { timeOf } from '../../query/times.ts';
import type { DepthItem } from '../answers.ts';
import { askCascade } from '../ask-cascade.ts';
import type { Extent } from '../desk/messages.ts';
import { findKnownRoot, findRoot, type NoCascade, type RootDeps } from '../find-root.ts';

export const readDepthsStatement = statement('clickhouse/cascade/read-depths.sql', {
  params: z.object({ rootId: z.string() }),
  row: z.object({
    generation: z.number(),
    depth: z.number(),
    posts: z.number(),
    firstAtMs: z.number(),
    accounts: z.number(),
  }),
});

type DepthRow = z.output<typeof readDepthsStatement.row>;

export type DepthsOutcome = { kind: 'found'; depths: DepthItem[]; asOf: string } | NoCascade;

/** Every depth from 1 on: its shares, the distinct accounts among them, and when it was first reached. */
export async function readDepths(deps: RootDeps, rootPostId: string, atMs: number | null): Promise<DepthsOutcome> {
  if (atMs !== null) return readDepthsAt(deps, rootPostId, atMs);
  const asOfMs = await deps.cascades.watermark();
  const [known, depths] = await Promise.all([findKnownRoot(deps, rootPostId), depthsNow(deps, rootPostId)]);
  return known.kind === 'known' ? { kind: 'found', depths, asOf: timeOf(asOfMs) } : known;
}

/** The engine keeps these beside lineage, so the cascade itself is not read. */
async function depthsNow({ facts, cascades }: RootDeps, rootId: string): Promise<DepthItem[]> {
  const read = () => facts.select(readDepthsStatement, { rootId });
  const [extent, atOnce] = await Promise.all([cascades.extent(rootId), read()]);
  // A generation that began to count after the depths were read may have been half written then.
  const rows = isWhole(atOnce, extent) ? atOnce : await read();
  return rows
    .filter(({ generation, depth }) => generation === extent?.generation && depth > 0)
    .toSorted((one, other) => one.depth - other.depth)
    .map(({ depth, posts, firstAtMs, accounts }) => ({ depth, shares: posts, accounts, firstAt: timeOf(firstAtMs) }));
}

function isWhole(rows: readonly DepthRow[], extent: Extent | null): boolean {
  const counting = rows.filter(({ generation }) => generation === extent?.generation);
  return counting.reduce((sum, { posts }) => sum + posts, 0) >= (extent?.posts ?? 0);
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
