import { z } from 'zod';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import { findPostsStatement } from '../graph/load-posts.ts';
import { postRow, toPostRow } from '../graph/post-row.ts';
import {
  createAuthoredStatement,
  createSharedFromStatement,
  createStubsStatement,
  cutSharedFromStatement,
  mergeAccountsStatement,
} from '../graph/write-plan.ts';
import type { PostChange, ShareChange } from '../linking/graph-change.ts';
import { newStub } from '../linking/post-draft.ts';
import type { PostTruth } from './post-truth.ts';
import type { StoredPost } from './stored-posts.ts';

const none = z.object({});
const postRows = z.object({ posts: z.array(postRow) });

export const describePostsStatement = statement('cypher/project/reproject/describe-posts.cypher', {
  params: postRows,
  row: none,
});
export const cutAuthoredStatement = statement('cypher/project/reproject/cut-authored.cypher', {
  params: z.object({ postIds: z.array(z.string()) }),
  row: none,
});
export const forgetPostsStatement = statement('cypher/project/reproject/forget-posts.cypher', {
  params: postRows,
  row: none,
});

type Known = { stored: StoredPost; truth: PostTruth | undefined };

/** Who wrote it, when, and by which event; the place in its cascade is not touched. */
export async function rewriteDescriptions(transaction: GraphTransaction, posts: readonly Known[]): Promise<void> {
  if (posts.length === 0) return;
  const postIds = posts.map(({ stored }) => stored.id);
  const rows = posts.map(({ stored, truth }) => describe(stored, truth));
  const authored = rows.filter((row) => row.authorId !== null);
  const accountIds = [...new Set(authored.flatMap((row) => row.authorId ?? []))].sort();
  await transaction.run(cutAuthoredStatement, { postIds });
  await transaction.run(describePostsStatement, { posts: rows });
  if (authored.length === 0) return;
  await transaction.run(mergeAccountsStatement, { accountIds });
  await transaction.run(createAuthoredStatement, { posts: authored });
}

function describe(stored: StoredPost, truth: PostTruth | undefined): z.input<typeof postRow> {
  const change = truth?.change ?? null;
  const parentId = change?.kind === 'share' ? change.parentId : null;
  return {
    ...toPostRow({ ...newStub(stored.id), state: stored.state }),
    authorId: change?.authorId ?? null,
    createdAt: change?.createdAt ?? null,
    acceptSeq: change?.acceptSeq ?? null,
    eventId: change === null || change.eventId === stored.id ? null : change.eventId,
    removedAt: truth?.removedAt ?? null,
    waitsFor: stored.state === 'pending' ? parentId : null,
    claimedParentId: stored.state === 'quarantined' ? parentId : null,
  };
}

/** The one edge a share has, and none for any other post; a parent that is not there becomes a stub. */
export async function rewriteEdges(
  transaction: GraphTransaction,
  posts: ReadonlyArray<{ stored: StoredPost; change: PostChange | ShareChange | null }>,
): Promise<void> {
  if (posts.length === 0) return;
  await transaction.run(cutSharedFromStatement, { postIds: posts.map(({ stored }) => stored.id) });
  const shares = posts.flatMap(({ stored, change }) =>
    change?.kind === 'share' && stored.state !== 'quarantined' ? [change] : [],
  );
  if (shares.length === 0) return;
  await createMissingStubs(transaction, [...new Set(shares.map((share) => share.parentId))]);
  const edges = shares.map((share) => {
    const { postId: childId, parentId, createdAt: at, method, confidence, rootHint } = share;
    return { childId, parentId, at, method, confidence, rootHint };
  });
  const [written] = await transaction.run(createSharedFromStatement, { edges });
  if (written?.edges !== edges.length) throw new Error(`${edges.length} edges were due, ${written?.edges} were stored`);
}

async function createMissingStubs(transaction: GraphTransaction, postIds: string[]): Promise<void> {
  const known = new Set((await transaction.run(findPostsStatement, { postIds })).map((post) => post.id));
  const missing = postIds.filter((postId) => !known.has(postId));
  if (missing.length === 0) return;
  await transaction.run(createStubsStatement, { posts: missing.map((postId) => toPostRow(newStub(postId))) });
}

export async function forgetPosts(transaction: GraphTransaction, posts: readonly Known[]): Promise<void> {
  if (posts.length === 0) return;
  const rows = posts.map(({ stored, truth }) =>
    toPostRow({ ...newStub(stored.id), removedAt: truth?.removedAt ?? null }),
  );
  await transaction.run(forgetPostsStatement, { posts: rows });
}
