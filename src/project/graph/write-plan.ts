import { z } from 'zod';
import type { GraphTransaction } from '../../graph/graph.ts';
import { statement } from '../../query/statement.ts';
import type { LinkPlan } from '../linking/link-batch.ts';
import type { NewEdge, PostDraft } from '../linking/post-draft.ts';
import { postRow, toPostRow } from './post-row.ts';

const none = z.object({});
const postRows = z.object({ posts: z.array(postRow) });
const postIdList = z.object({ postIds: z.array(z.string()) });

export const mergeAccountsStatement = statement('cypher/project/merge-accounts.cypher', {
  params: z.object({ accountIds: z.array(z.string()) }),
  row: none,
});
export const createPostsStatement = statement('cypher/project/create-posts.cypher', { params: postRows, row: none });
export const createStubsStatement = statement('cypher/project/create-stubs.cypher', { params: postRows, row: none });
export const updatePostsStatement = statement('cypher/project/update-posts.cypher', { params: postRows, row: none });
export const createAuthoredStatement = statement('cypher/project/create-authored.cypher', {
  params: postRows,
  row: none,
});
export const createSharedFromStatement = statement('cypher/project/create-shared-from.cypher', {
  params: z.object({
    edges: z.array(
      z.object({
        childId: z.string(),
        parentId: z.string(),
        at: z.number(),
        method: z.string().nullable(),
        confidence: z.number().nullable(),
        rootHint: z.string().nullable(),
      }),
    ),
  }),
  row: z.object({ edges: z.number() }),
});
export const cutSharedFromStatement = statement('cypher/project/cut-shared-from.cypher', {
  params: postIdList,
  row: none,
});
export const writeFollowsStatement = statement('cypher/project/write-follows.cypher', {
  params: z.object({
    follows: z.array(
      z.object({
        accountId: z.string(),
        targetAccountId: z.string(),
        at: z.number(),
        eventId: z.string(),
        follows: z.boolean(),
      }),
    ),
  }),
  row: none,
});
export const writeRefusalsStatement = statement('cypher/project/write-refusals.cypher', {
  params: z.object({
    refusals: z.array(
      z.object({ acceptSeq: z.number(), eventId: z.string(), postId: z.string(), code: z.literal('post_id_taken') }),
    ),
  }),
  row: none,
});
export const addLinkWorkStatement = statement('cypher/project/add-link-work.cypher', { params: postIdList, row: none });
export const addDissolvingStatement = statement('cypher/project/add-dissolving.cypher', {
  params: z.object({ rootIds: z.array(z.string()) }),
  row: none,
});
export const addRootChangesStatement = statement('cypher/project/add-root-changes.cypher', {
  params: z.object({ changes: z.array(z.object({ linkSeq: z.number(), rootId: z.string() })) }),
  row: none,
});

/** Writes a plan: accounts, then posts, then edges, because each needs what stands before it. */
export async function writePlan(transaction: GraphTransaction, plan: LinkPlan): Promise<void> {
  const posts = [...plan.posts.values()];
  await writeAccounts(transaction, plan, posts);
  await writePosts(transaction, posts);
  await writeEdges(transaction, posts);
  await writeRest(transaction, plan);
}

async function writeAccounts(transaction: GraphTransaction, plan: LinkPlan, posts: PostDraft[]): Promise<void> {
  const ids = new Set<string>();
  for (const post of posts) if (post.authored && post.authorId !== null) ids.add(post.authorId);
  for (const follow of plan.follows.values()) ids.add(follow.accountId).add(follow.targetAccountId);
  if (ids.size > 0) await transaction.run(mergeAccountsStatement, { accountIds: [...ids].sort() });
}

async function writePosts(transaction: GraphTransaction, posts: PostDraft[]): Promise<void> {
  const created = posts.filter((post) => !post.stored && post.authored).map(toPostRow);
  const stubs = posts.filter((post) => !post.stored && !post.authored).map(toPostRow);
  const updated = posts.filter((post) => post.stored && post.changed).map(toPostRow);
  const authored = posts.filter((post) => post.stored && post.authored).map(toPostRow);
  if (created.length > 0) await transaction.run(createPostsStatement, { posts: created });
  if (stubs.length > 0) await transaction.run(createStubsStatement, { posts: stubs });
  if (updated.length > 0) await transaction.run(updatePostsStatement, { posts: updated });
  if (authored.length > 0) await transaction.run(createAuthoredStatement, { posts: authored });
}

async function writeEdges(transaction: GraphTransaction, posts: PostDraft[]): Promise<void> {
  const cut = posts.filter((post) => post.cut).map((post) => post.id);
  if (cut.length > 0) await transaction.run(cutSharedFromStatement, { postIds: cut });
  const edges = posts.map((post) => post.edge).filter((edge): edge is NewEdge => edge !== null);
  if (edges.length === 0) return;
  const [written] = await transaction.run(createSharedFromStatement, { edges });
  // A statement that cannot find a parent drops the row without a word; the books must not.
  if (written?.edges !== edges.length) throw new Error(`${edges.length} edges were due, ${written?.edges} were stored`);
}

async function writeRest(transaction: GraphTransaction, plan: LinkPlan): Promise<void> {
  const follows = [...plan.follows.values()];
  if (follows.length > 0) await transaction.run(writeFollowsStatement, { follows });
  if (plan.refusals.length > 0) await transaction.run(writeRefusalsStatement, { refusals: plan.refusals });
  if (plan.work.size > 0) await transaction.run(addLinkWorkStatement, { postIds: [...plan.work].sort() });
  if (plan.dissolved.size > 0) await transaction.run(addDissolvingStatement, { rootIds: [...plan.dissolved].sort() });
  if (plan.rootChanges.length > 0) await transaction.run(addRootChangesStatement, { changes: plan.rootChanges });
}
