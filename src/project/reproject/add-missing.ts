import { z } from 'zod';
import type { Facts } from '../../facts/facts.ts';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { loadDissolving, loadPosts } from '../graph/load-posts.ts';
import { addDissolvingStatement, addRootChangesStatement, writePlan } from '../graph/write-plan.ts';
import type { GraphChange } from '../linking/graph-change.ts';
import { linkBatch } from '../linking/link-batch.ts';
import type { PostDraft } from '../linking/post-draft.ts';
import type { Difference } from './examine-posts.ts';
import type { LinkOrder } from './place-posts.ts';

export const countSharesOfStatement = statement('clickhouse/project/reproject/count-shares-of.sql', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: z.object({ postId: z.string(), shares: z.number() }),
});

type Deps = { facts: Pick<Facts, 'select'>; transaction: GraphTransaction };

/**
 * Projects events once more whose posts the graph has lost, by the code that projects them the first time. A post that
 * others share from gets a link number behind theirs, so its cascade is linked anew; lineage may still have the place of
 * a lost leaf, so its cascade is written anew there.
 */
export async function addMissing(
  { facts, transaction }: Deps,
  missing: readonly Difference[],
  order: LinkOrder,
): Promise<void> {
  if (missing.length === 0) return;
  const changes = missing.flatMap(toChanges).sort((left, right) => left.acceptSeq - right.acceptSeq);
  const posts = await loadPosts(transaction, changes);
  const lost = missing.filter(({ stored }) => stored === undefined).map(({ postId }) => postId);
  const shared = await facts.select(countSharesOfStatement, { postIds: lost });
  const hasShares = new Set(shared.map((row) => row.postId));
  const relink = rootsOf(
    missing.filter(({ postId }) => hasShares.has(postId)),
    posts,
  );
  const rewrite = [...rootsOf(missing, posts)].filter((rootId) => !relink.has(rootId));
  const rootChanges = rewrite.sort().map((rootId) => ({ rootId, linkSeq: ++order.linkSeq }));
  if (rootChanges.length > 0) await transaction.run(addRootChangesStatement, { changes: rootChanges });
  if (relink.size > 0) await transaction.run(addDissolvingStatement, { rootIds: [...relink].sort() });
  const dissolving = await loadDissolving(transaction);
  const plan = linkBatch({ posts, dissolving, linkSeq: order.linkSeq }, changes);
  order.linkSeq = plan.linkSeq;
  await writePlan(transaction, plan);
}

function toChanges({ postId, truth }: Difference): GraphChange[] {
  const changes: GraphChange[] = [];
  if (truth?.change) changes.push(truth.change);
  if (typeof truth?.removedAt === 'number') {
    changes.push({ kind: 'removal', acceptSeq: truth.change?.acceptSeq ?? 0, postId, at: truth.removedAt });
  }
  return changes;
}

/** The cascades these posts belong to, as far as the graph knows: an original's own, or its parent's. */
function rootsOf(missing: readonly Difference[], posts: ReadonlyMap<string, PostDraft>): Set<string> {
  const rootIds = new Set<string>();
  for (const { truth } of missing) {
    const change = truth?.change ?? null;
    const parent = change?.kind === 'share' ? posts.get(change.parentId) : undefined;
    if (change?.kind === 'post') rootIds.add(change.postId);
    else if (parent?.state === 'linked' && parent.rootId !== null) rootIds.add(parent.rootId);
  }
  return rootIds;
}
